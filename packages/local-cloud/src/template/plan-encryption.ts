/** Reads which KMS key encrypts a resource: a principal that uses the resource also needs a permission for the key. */
import { asArray, asObject, asText, type JsonObject } from './json.ts';
import type { Reading } from './reading.ts';

/** The keys of an assembly. */
export interface EncryptionPlan {
  /** The ARN of the key by the ARN of the resource that it encrypts; keys that AWS owns or manages need no permission. */
  keyOf: Record<string, string>;
  /** The aliases of a key by its ARN. */
  aliases: Record<string, string[]>;
}

const bucketKey = (properties: JsonObject): unknown => {
  const [rule] = asArray(asObject(properties['BucketEncryption'])['ServerSideEncryptionConfiguration']);
  return asObject(asObject(rule)['ServerSideEncryptionByDefault'])['KMSMasterKeyID'];
};

const keyProperties: Record<string, (properties: JsonObject) => unknown> = {
  'AWS::DynamoDB::Table': (one) => asObject(one['SSESpecification'])['KMSMasterKeyId'],
  'AWS::DynamoDB::GlobalTable': (one) =>
    asObject(asObject(asArray(one['Replicas'])[0])['SSESpecification'])['KMSMasterKeyId'],
  'AWS::SecretsManager::Secret': (one) => one['KmsKeyId'],
  'AWS::SQS::Queue': (one) => one['KmsMasterKeyId'],
  'AWS::SNS::Topic': (one) => one['KmsMasterKeyId'],
  'AWS::S3::Bucket': bucketKey,
  'AWS::Events::EventBus': (one) => one['KmsKeyIdentifier'],
  'AWS::Logs::LogGroup': (one) => one['KmsKeyId'],
};

function aliasesOf(readings: Reading[], arnOfKey: (id: string) => string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const one of readings.filter(({ resource }) => resource.type === 'AWS::KMS::Alias')) {
    const key = arnOfKey(one.text('TargetKeyId'));
    found[key] = [...(found[key] ?? []), one.text('AliasName')];
  }
  return found;
}

/** Reads the keys of all resources. */
export function readEncryption(readings: Reading[], arnOfKey: (id: string) => string): EncryptionPlan {
  const aliases = aliasesOf(readings, arnOfKey);
  const keyOf: Record<string, string> = {};
  for (const one of readings) {
    const reference = asText(keyProperties[one.resource.type]?.(one.properties));
    if (!reference || reference.includes('alias/aws/')) continue;
    const alias = reference.split(':').at(-1) ?? '';
    const named = Object.keys(aliases).find((key) => aliases[key]?.includes(alias));
    const arn = one.identity.attributes['Arn'] ?? one.identity.ref;
    keyOf[arn] = named ?? arnOfKey(reference);
  }
  return { keyOf, aliases };
}
