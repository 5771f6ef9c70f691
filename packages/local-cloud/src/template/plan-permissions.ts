/** Reads permissions: roles with their policies, and the policies of resources. */
import { functionName } from './function-name.ts';
import { asArray, asObject, asText, type JsonObject } from './json.ts';
import { managedPolicies } from './managed-policies.ts';
import { type NamedPolicy, type PolicyDocument, policyDocument } from './policy-document.ts';
import type { Reading } from './reading.ts';

/** A role: who may assume it, and what it may do. */
export interface RolePlan {
  name: string;
  arn: string;
  logicalId: string;
  trust: PolicyDocument;
  policies: NamedPolicy[];
  boundary: NamedPolicy | undefined;
}

/** One statement about a resource, or several. */
export interface ResourceGrant {
  resourceArn: string;
  statements: JsonObject[];
}

function managed(reading: Reading, arn: string, own: Map<string, NamedPolicy>): NamedPolicy {
  const name = arn.split(':policy/').at(-1) ?? '';
  const policy = managedPolicies[name];
  const found = own.get(arn) ?? (policy && arn.includes(':iam::aws:') ? { name, policy } : undefined);
  if (!found) throw reading.refuse(`the content of the managed policy ${arn} is not known to the local run`);
  return found;
}

/** The managed policies of the assembly, by ARN. */
export function readManagedPolicies(readings: Reading[]): Map<string, NamedPolicy> {
  return new Map(
    readings.map((one) => [
      one.identity.ref,
      { name: one.name, policy: policyDocument(one.properties['PolicyDocument']) },
    ]),
  );
}

/** Reads a role with its inline policies, the policies that are attached to it, and its boundary. */
export function readRole(reading: Reading, attached: Reading[], own: Map<string, NamedPolicy>): RolePlan {
  reading.expect('Path', '/');
  const inline = reading.list('Policies').map((raw) => {
    const { PolicyName, PolicyDocument } = asObject(raw);
    return { name: String(PolicyName), policy: policyDocument(PolicyDocument) };
  });
  const arns = reading.list('ManagedPolicyArns').map(String);
  const boundary = asText(reading.properties['PermissionsBoundary']);
  const others = attached
    .filter((one) => one.list('Roles').includes(reading.identity.ref))
    .map((one) => ({ name: one.resource.id, policy: policyDocument(one.properties['PolicyDocument']) }));
  return {
    name: reading.name,
    arn: reading.identity.attributes['Arn'] ?? '',
    logicalId: reading.resource.id,
    trust: policyDocument(reading.properties['AssumeRolePolicyDocument']),
    policies: [...inline, ...others, ...arns.map((arn) => managed(reading, arn, own))],
    boundary: boundary === undefined ? undefined : managed(reading, boundary, own),
  };
}

/** Reads `AWS::Lambda::Permission` as the statement that Lambda adds to the function's policy. */
export function readInvokePermission(reading: Reading, arnOf: (functionName: string) => string): ResourceGrant {
  const resourceArn = arnOf(functionName(reading.text('FunctionName')));
  const principal = reading.text('Principal');
  const source = asText(reading.properties['SourceArn']);
  const account = asText(reading.properties['SourceAccount']);
  const condition = {
    ...(source === undefined ? {} : { ArnLike: { 'aws:SourceArn': source } }),
    ...(account === undefined ? {} : { StringEquals: { 'aws:SourceAccount': account } }),
  };
  const statement = {
    Effect: 'Allow',
    Principal: principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: reading.text('Action'),
    Resource: resourceArn,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
  return { resourceArn, statements: [statement] };
}

/** Reads a policy resource that names its resources in the given property. */
export function readResourcePolicy(
  reading: Reading,
  resources: string,
  policy: string,
  arnOf: (reference: string) => string,
): ResourceGrant[] {
  const value = reading.properties[resources];
  const references = Array.isArray(value) ? asArray(value) : [value];
  const { Statement } = policyDocument(reading.properties[policy]);
  return references.map((one) => ({ resourceArn: arnOf(String(one)), statements: Statement }));
}
