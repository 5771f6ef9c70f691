/** The single rights that an assembly grants, and which of them a set of calls needs. */
import { asText, type JsonObject } from '../template/json.ts';
import type { AccessPlan } from '../template/plan-access.ts';
import type { PolicyDocument } from '../template/policy-document.ts';
import type { MadeCall } from './calls.ts';
import { decide, type Identities } from './decide.ts';

/** One action on one resource in one statement: of a policy of a role, of its trust, or of a resource. */
export interface Right {
  of: 'role' | 'trust' | 'resource' | 'identity';
  /** The name of the role, the ARN of the resource, or the access key id of the identity. */
  holder: string;
  policy: string;
  statement: number;
  action: string;
  resource: string | undefined;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function rightsIn(document: PolicyDocument, right: Pick<Right, 'of' | 'holder' | 'policy'>): Right[] {
  return document.Statement.flatMap((one, statement) => {
    if (one['Effect'] !== 'Allow') return [];
    const resources = one['Resource'] === undefined ? [undefined] : list(one['Resource']);
    return list(one['Action']).flatMap((action) =>
      resources.map((resource) => ({ ...right, statement, action: String(action), resource: asText(resource) })),
    );
  });
}

/** All rights, in the order of the templates; then those of identities. */
export function rightsOf(plan: AccessPlan, identities: Identities = {}): Right[] {
  const ofRoles = plan.roles.flatMap(({ name, trust, policies }) => [
    ...rightsIn(trust, { of: 'trust', holder: name, policy: 'trust' }),
    ...policies.flatMap(({ name: policy, policy: document }) =>
      rightsIn(document, { of: 'role', holder: name, policy }),
    ),
  ]);
  const ofResources = Object.entries(plan.resourcePolicies).flatMap(([holder, document]) =>
    rightsIn(document, { of: 'resource', holder, policy: 'policy' }),
  );
  const ofIdentities = Object.entries(identities).flatMap(([holder, document]) =>
    rightsIn(document, { of: 'identity', holder, policy: 'policy' }),
  );
  return [...ofRoles, ...ofResources, ...ofIdentities];
}

/** The other actions stay with all resources, and the action with the other resources. */
function statementsWithout(statement: JsonObject, { action, resource }: Right): JsonObject[] {
  const actions = list(statement['Action']).filter((one) => one !== action);
  const resources = list(statement['Resource']).filter((one) => asText(one) !== resource);
  return [
    ...(actions.length > 0 ? [{ ...statement, Action: actions }] : []),
    ...(resources.length > 0 ? [{ ...statement, Action: action, Resource: resources }] : []),
  ];
}

function documentWithout(document: PolicyDocument, right: Right): PolicyDocument {
  const Statement = document.Statement.flatMap((one, index) =>
    index === right.statement ? statementsWithout(one, right) : [one],
  );
  return { ...document, Statement };
}

/** The plan as if the template did not grant this right. */
function without(plan: AccessPlan, right: Right): AccessPlan {
  if (right.of === 'resource') {
    const document = plan.resourcePolicies[right.holder];
    if (!document) return plan;
    const changed = documentWithout(document, right);
    return { ...plan, resourcePolicies: { ...plan.resourcePolicies, [right.holder]: changed } };
  }
  const roles = plan.roles.map((role) => {
    if (role.name !== right.holder) return role;
    if (right.of === 'trust') return { ...role, trust: documentWithout(role.trust, right) };
    const policies = role.policies.map((one) =>
      one.name === right.policy ? { ...one, policy: documentWithout(one.policy, right) } : one,
    );
    return { ...role, policies };
  });
  return { ...plan, roles };
}

function concerns({ of, holder }: Right, call: MadeCall, plan: AccessPlan): boolean {
  if (of === 'identity') return call.caller.kind === 'user' && call.caller.keyId === holder;
  if (of === 'resource') return call.resource === holder || call.resource.startsWith(`${holder}/`);
  const role = plan.roles.find(({ name }) => name === holder);
  if (of === 'trust') return call.action === 'sts:AssumeRole' && call.resource === role?.arn;
  return call.caller.kind === 'role' && call.caller.roleArn === role?.arn;
}

/** The first of the calls that would be refused without the right; undefined if none needs it. */
export async function neededBy(
  right: Right,
  calls: readonly MadeCall[],
  plan: AccessPlan,
  identities: Identities = {},
): Promise<MadeCall | undefined> {
  const document = right.of === 'identity' ? identities[right.holder] : undefined;
  const changed = document ? plan : without(plan, right);
  const others = document ? { ...identities, [right.holder]: documentWithout(document, right) } : identities;
  const [service] = right.action.split(':');
  for (const call of calls) {
    if (!concerns(right, call, plan)) continue;
    if (right.action !== '*' && call.action.split(':')[0] !== service) continue;
    if ((await decide(call, changed, others)) !== 'allowed') return call;
  }
  return undefined;
}
