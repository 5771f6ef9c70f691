/** The interface of a running local cloud. */
import type { Cloud, CloudSecrets } from './cloud-interface.ts';
import type { CallRecord } from './iam/call-record.ts';
import { countMessages, listMessages } from './queue-inspection.ts';
import type { Parts } from './running.ts';
import type { RunningServices } from './services.ts';
import type { Plan } from './template/plan.ts';
import type { Triggers } from './triggers/triggers.ts';

export interface Running {
  plan: Plan;
  services: RunningServices;
  parts: Parts;
  triggers: Triggers;
  record: CallRecord;
  stop(): Promise<void>;
}

export function runningCloud({ plan, services, parts, triggers, record, stop }: Running): Cloud {
  const { client, endpoints } = services;
  return {
    plan,
    outputs: plan.outputs,
    apiUrl: services.apiOrigin,
    siteUrl: services.siteOrigin,
    endpoints,
    secrets: secretsOf(parts, plan),
    queues: {
      counts: () => countMessages(client, endpoints.messages),
      messages: (name) => listMessages(client, endpoints.messages, name),
      deadLetterNames: deadLetterNames(plan),
    },
    calls: () => record.calls,
    invoke: (name, event) => parts.host.invoke(functionByName(plan, name), event),
    rotateSecret: (id) => parts.rotation.rotate(id),
    runSchedule: (name) => triggers.scheduler.run(name),
    stop,
  };
}

function secretsOf({ secrets }: Parts, plan: Plan): CloudSecrets {
  return {
    names: plan.secrets.map((secret) => secret.name),
    get: (id) => secrets.find(id).versions.find((version) => version.stages.includes('AWSCURRENT'))?.value,
    put: (id, value) => {
      secrets.put(secrets.find(id), { value });
    },
  };
}

function functionByName(plan: Plan, name: string): string {
  const found = plan.functions.filter((one) => one.logicalId.startsWith(name));
  return found.length === 1 && found[0] ? found[0].name : name;
}

function deadLetterNames({ queues }: Plan): string[] {
  const arns = new Set(queues.map((queue) => queue.deadLetterArn));
  return queues.filter((queue) => arns.has(queue.arn)).map((queue) => queue.name);
}
