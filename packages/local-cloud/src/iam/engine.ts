/** Evaluates one call against policies as IAM does, with the library that knows IAM's rules; nothing else imports it. */
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import type { JsonObject } from '../template/json.ts';
import type { NamedPolicy, PolicyDocument } from '../template/policy-document.ts';

/** The values of condition keys. */
export type Context = Record<string, string | string[]>;

/** One call of one principal, and all policies that apply; without a principal the call is not signed. */
export interface Question {
  principal: string | undefined;
  action: string;
  resource: string;
  account: string;
  context: Context;
  identityPolicies: NamedPolicy[];
  boundary: NamedPolicy | undefined;
  resourcePolicy: PolicyDocument | undefined;
}

/** `not-allowed`: no statement allows it. `denied`: a statement denies it. */
export type Verdict = 'allowed' | 'not-allowed' | 'denied';

const encryptionContext = /^kms:encryptioncontext:/i;
// The library knows no condition key whose name depends on the request, except for tags, which no call to a key carries.
const knownName = (key: string): string => key.replace(encryptionContext, 'aws:RequestTag/');

function translateCondition(condition: unknown): unknown {
  return Object.fromEntries(
    Object.entries(condition as Record<string, JsonObject>).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [knownName(key), values])),
    ]),
  );
}

const translated = new WeakMap<PolicyDocument, PolicyDocument>();

function translate(policy: PolicyDocument): PolicyDocument {
  const known = translated.get(policy);
  if (known) return known;
  const Statement = policy.Statement.map((one) =>
    one['Condition'] === undefined ? one : { ...one, Condition: translateCondition(one['Condition']) },
  );
  const made = { ...policy, Statement };
  translated.set(policy, made);
  return made;
}

// A policy without statements allows nothing, and is not valid.
const filled = (policy: PolicyDocument): boolean => policy.Statement.length > 0;
const named = ({ name, policy }: NamedPolicy): NamedPolicy => ({ name, policy: translate(policy) });

/** Fails if a policy is not valid, or the action does not exist for such a resource. */
export async function evaluate(question: Question): Promise<Verdict> {
  const { principal, action, resource, account, context, identityPolicies, boundary, resourcePolicy } = question;
  const contextVariables = Object.fromEntries(Object.entries(context).map(([key, value]) => [knownName(key), value]));
  const answer = await runSimulation(
    {
      request: {
        principal: principal ?? anonymousPrincipal,
        action,
        resource: { resource, accountId: account },
        contextVariables,
      },
      identityPolicies: identityPolicies.filter(({ policy }) => filled(policy)).map(named),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(boundary ? { permissionBoundaryPolicies: [named(boundary)] } : {}),
      ...(resourcePolicy && filled(resourcePolicy) ? { resourcePolicy: translate(resourcePolicy) } : {}),
    },
    {},
  );
  if (answer.resultType === 'error') {
    throw new Error(`${action} on ${resource} cannot be evaluated: ${JSON.stringify(answer.errors)}`);
  }
  if (answer.overallResult === 'Allowed') return 'allowed';
  return answer.overallResult === 'ExplicitlyDenied' ? 'denied' : 'not-allowed';
}
