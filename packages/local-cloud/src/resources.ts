/** Creates the resources of the plan in the running services; resources of an earlier run are kept. */
import { generateSecret } from './aws/secret-generation.ts';
import type { SecretStore } from './aws/secret-store.ts';
import { createTables } from './aws/tables.ts';
import type { RunningServices } from './services.ts';
import type { Plan } from './template/plan.ts';
import type { SecretPlan } from './template/plan-secrets.ts';

function createSecret(store: SecretStore, plan: SecretPlan): void {
  const secret = store.ensure(plan.name, plan.arn);
  if (secret.versions.length > 0) return;
  const value = plan.value ?? (plan.generate ? generateSecret(plan.generate) : undefined);
  if (value !== undefined) store.put(secret, { value });
}

/** Creates tables, queues, buckets and secrets. */
export async function createResources(plan: Plan, services: RunningServices, secrets: SecretStore): Promise<void> {
  await Promise.all([
    createTables(services.client, services.endpoints.tables, plan.tables),
    services.messages.ask({ kind: 'create', queues: plan.queues, buckets: plan.buckets }),
  ]);
  for (const secret of plan.secrets) createSecret(secrets, secret);
}
