/** Decides about one call by the permissions of an assembly. */
import type { AccessPlan } from '../template/plan-access.ts';
import type { NamedPolicy, PolicyDocument } from '../template/policy-document.ts';
import { type Caller, principalOf } from './callers.ts';
import type { MadeCall } from './calls.ts';
import { type Context, evaluate, type Verdict } from './engine.ts';

/** The policies of people and tests, by access key id; any other key administers the account. */
export type Identities = Readonly<Record<string, PolicyDocument>>;

const everything: NamedPolicy = {
  name: 'administrator',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/** The policy of a key that has none of its own: the account's roles and users need a permission of their own. */
const keyDefault = (account: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
});

function resourcePolicyFor({ action, resource }: MadeCall, plan: AccessPlan): PolicyDocument | undefined {
  if (action === 'sts:AssumeRole') return plan.roles.find(({ arn }) => arn === resource)?.trust;
  const whole = action.startsWith('dynamodb:') ? (resource.split('/index/')[0] ?? resource) : resource;
  const arn = action.startsWith('s3:') ? (whole.split('/')[0] ?? whole) : whole;
  return plan.resourcePolicies[arn] ?? (action.startsWith('kms:') ? keyDefault(plan.account) : undefined);
}

function policiesOf(caller: Caller, plan: AccessPlan, identities: Identities) {
  if (caller.kind === 'user') {
    const policy = identities[caller.keyId];
    return { identityPolicies: [policy ? { name: caller.keyId, policy } : everything], boundary: undefined };
  }
  const role = caller.kind === 'role' ? plan.roles.find(({ arn }) => arn === caller.roleArn) : undefined;
  return { identityPolicies: role?.policies ?? [], boundary: role?.boundary };
}

/** The condition keys that every request has. */
function commonContext(caller: Caller, plan: AccessPlan): Context {
  const service = caller.kind === 'service';
  const arn = caller.kind === 'role' ? caller.roleArn : principalOf(caller, plan.account);
  return {
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': plan.region,
    'aws:PrincipalIsAWSService': String(service),
    ...(service || arn === undefined ? {} : { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': plan.account }),
  };
}

/** Evaluates the call; policies of an identity that is not listed allow everything. */
export function decide(call: MadeCall, plan: AccessPlan, identities: Identities): Promise<Verdict> {
  const { caller, action, resource } = call;
  return evaluate({
    principal: principalOf(caller, plan.account),
    action,
    resource,
    account: plan.account,
    context: { ...commonContext(caller, plan), ...call.context },
    ...policiesOf(caller, plan, identities),
    resourcePolicy: resourcePolicyFor(call, plan),
  });
}
