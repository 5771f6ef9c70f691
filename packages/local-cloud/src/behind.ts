/** Connects the servers and triggers to the parts that they use, each with its own permissions. */
import type { Services } from './aws/services-server.ts';
import type { Access } from './iam/access.ts';
import type { Parts } from './running.ts';
import type { RunningServices } from './services.ts';
import type { Plan } from './template/plan.ts';
import type { ApiPlan } from './template/plan-api.ts';
import type { SitePlan } from './template/plan-site.ts';
import type { GatewayParts } from './triggers/http-gateway.ts';
import type { SiteParts } from './triggers/static-site.ts';
import { startTriggers, type Triggers } from './triggers/triggers.ts';

/** What the server of the AWS services without an emulator needs. */
export function servicesBehind(plan: Plan, { operations, invoke, secrets }: Parts, access: Access): Services {
  return {
    operations,
    invoke,
    distributionId: plan.site?.distributionId,
    place: plan.access,
    secretArn: (id) => secrets.arnOf(id),
    refusal: (keyId, calls) => access.refusal(access.callerWith(keyId), calls),
  };
}

/** What the site needs: CloudFront reads the bucket by the bucket's own policy. */
export function siteBehind(site: SitePlan, { client, endpoints }: RunningServices, { invocations }: Parts): SiteParts {
  const allowed = (bucket: string, key: string): Promise<boolean> => invocations.mayRead(bucket, key);
  return { site, client, origin: endpoints.messages, allowed };
}

/** What the HTTP API needs. */
export function gatewayBehind(api: ApiPlan, { invocations }: Parts, log: (line: string) => void): GatewayParts {
  return { api, invokeFor: (routeKey, method) => invocations.asGateway(routeKey, method), log };
}

/** Starts queue consumers and schedules. */
export function beginTriggers({
  plan,
  services: { client, endpoints },
  parts: { invoke, invocations },
  region,
  onError,
}: {
  plan: Plan;
  services: RunningServices;
  parts: Parts;
  region: string;
  onError: (error: unknown) => void;
}): Triggers {
  return startTriggers({
    plan,
    client,
    messagesOrigin: endpoints.messages,
    region,
    // Lambda itself invokes a function for its queue.
    invoke,
    invokeFor: (schedule) => invocations.asSchedule(schedule),
    onError,
  });
}
