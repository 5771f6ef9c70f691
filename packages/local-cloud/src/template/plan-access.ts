/** Everything in an assembly that decides who may do what: roles, policies of resources, and keys. */
import type { Place } from './identity.ts';
import { asObject, asText } from './json.ts';
import { type EncryptionPlan, readEncryption } from './plan-encryption.ts';
import {
  type ResourceGrant,
  type RolePlan,
  readInvokePermission,
  readManagedPolicies,
  readResourcePolicy,
  readRole,
} from './plan-permissions.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';
import type { Reading } from './reading.ts';

/** The permissions of an assembly; policies of resources by ARN. */
export interface AccessPlan extends EncryptionPlan {
  account: string;
  region: string;
  roles: RolePlan[];
  resourcePolicies: Record<string, PolicyDocument>;
}

/** Reads them from all resources of the assembly. */
export function readAccess(readings: Reading[], place: Place): AccessPlan {
  const arn = (service: string, rest: string): string =>
    rest.startsWith('arn:') ? rest : `arn:aws:${service}:${place.region}:${place.account}:${rest}`;
  const keyArn = (id: string): string => arn('kms', id.startsWith('arn:') ? id : `key/${id}`);
  const of = (...types: string[]): Reading[] => readings.filter(({ resource }) => types.includes(resource.type));
  const own = readManagedPolicies(of('AWS::IAM::ManagedPolicy'));
  const attached = of('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy');
  const grants: ResourceGrant[] = [
    ...of('AWS::KMS::Key').map((one) => given(one, one.identity.attributes['Arn'], 'KeyPolicy')),
    ...of('AWS::DynamoDB::Table').flatMap((one) => ofTable(one)),
    ...of('AWS::Lambda::Permission').map((one) =>
      readInvokePermission(one, (name) => arn('lambda', functionArn(name))),
    ),
    ...of('AWS::SQS::QueuePolicy').flatMap((one) =>
      readResourcePolicy(one, 'Queues', 'PolicyDocument', (url) => arn('sqs', url.split('/').at(-1) ?? '')),
    ),
    ...of('AWS::S3::BucketPolicy').flatMap((one) =>
      readResourcePolicy(one, 'Bucket', 'PolicyDocument', (name) => `arn:aws:s3:::${name}`),
    ),
    ...of('AWS::SNS::TopicPolicy').flatMap((one) => readResourcePolicy(one, 'Topics', 'PolicyDocument', String)),
    ...of('AWS::SecretsManager::ResourcePolicy').flatMap((one) =>
      readResourcePolicy(one, 'SecretId', 'ResourcePolicy', String),
    ),
    ...of('AWS::Events::EventBusPolicy').map((one) => {
      const resourceArn = arn('events', `event-bus/${asText(one.properties['EventBusName']) ?? 'default'}`);
      return { resourceArn, statements: [one.object('Statement')] };
    }),
    ...of('AWS::Events::EventBus')
      .filter((one) => one.properties['Policy'] !== undefined)
      .map((one) => given(one, one.identity.attributes['Arn'], 'Policy')),
  ];
  return {
    account: place.account,
    region: place.region,
    roles: of('AWS::IAM::Role').map((one) => readRole(one, attached, own)),
    resourcePolicies: collect(grants),
    ...readEncryption(readings, keyArn),
  };
}

function functionArn(name: string): string {
  return `function:${name}`;
}

function given(reading: Reading, resourceArn: string | undefined, policy: string): ResourceGrant {
  return { resourceArn: resourceArn ?? '', statements: policyDocument(reading.properties[policy]).Statement };
}

function ofTable(reading: Reading): ResourceGrant[] {
  const policy = asObject(reading.object('ResourcePolicy')['PolicyDocument']);
  if (Object.keys(policy).length === 0) return [];
  return [{ resourceArn: reading.identity.attributes['Arn'] ?? '', statements: policyDocument(policy).Statement }];
}

/** Several resources of a template may add statements to the policy of one resource. */
function collect(grants: ResourceGrant[]): Record<string, PolicyDocument> {
  const found: Record<string, PolicyDocument> = {};
  for (const { resourceArn, statements } of grants) {
    const policy = found[resourceArn] ?? { Version: '2012-10-17', Statement: [] };
    policy.Statement.push(...statements);
    found[resourceArn] = policy;
  }
  return found;
}
