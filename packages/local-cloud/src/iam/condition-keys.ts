/** The condition keys of policies: those that the local run fills in, and those that the policies of a run use. */
import { asObject, type JsonObject } from '../template/json.ts';
import type { AccessPlan } from '../template/plan-access.ts';
import type { Identities } from './decide.ts';
import type { Context } from './engine.ts';

const filledIn = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:RequestedRegion',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'kms:CallerAccount',
    'kms:ResourceAliases',
    'kms:ViaService',
  ].map((key) => key.toLowerCase()),
);
const encryptionContext = 'kms:encryptioncontext:';

function statementsOf(plan: AccessPlan, identities: Identities): JsonObject[] {
  const ofRoles = plan.roles.flatMap((role) => [
    role.trust,
    ...role.policies.map(({ policy }) => policy),
    ...(role.boundary ? [role.boundary.policy] : []),
  ]);
  return [...ofRoles, ...Object.values(plan.resourcePolicies), ...Object.values(identities)].flatMap(
    ({ Statement }) => Statement,
  );
}

/** The keys that the policies use, in lower case. Fails for a key that is not filled in: its condition would be evaluated wrongly. */
export function checkConditionKeys(plan: AccessPlan, identities: Identities): ReadonlySet<string> {
  const used = new Set<string>();
  for (const statement of statementsOf(plan, identities)) {
    for (const keys of Object.values(asObject(statement['Condition']))) {
      for (const key of Object.keys(asObject(keys)).map((one) => one.toLowerCase())) {
        if (!filledIn.has(key) && !key.startsWith(encryptionContext)) {
          throw new Error(`a policy has a condition on ${key}, which is not known to the local run`);
        }
        used.add(key);
      }
    }
  }
  return used;
}

/** Only the keys that a policy uses: values such as the id of a version must not make every call a new one. */
export function relevantContext(context: Context | undefined, used: ReadonlySet<string>): Context {
  return Object.fromEntries(Object.entries(context ?? {}).filter(([key]) => used.has(key.toLowerCase())));
}
