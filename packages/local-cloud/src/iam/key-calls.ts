/** The calls to KMS that services make with the permissions of their caller. */
import type { AccessPlan } from '../template/plan-access.ts';
import type { MadeCall } from './calls.ts';
import type { Context } from './engine.ts';

interface KeyUse {
  actions: readonly string[];
  /** The encryption context, by the ARN of the encrypted resource. */
  context: (resourceArn: string, account: string) => Record<string, string>;
}

const tableContext: KeyUse['context'] = (arn, account) => ({
  'aws:dynamodb:tableName': arn.split('/').at(-1) ?? '',
  'aws:dynamodb:subscriberId': account,
});
const table: KeyUse = { actions: ['kms:Decrypt'], context: tableContext };
const secret = (...actions: string[]): KeyUse => ({ actions, context: (arn) => ({ SecretARN: arn }) });
const queue = (...actions: string[]): KeyUse => ({ actions, context: (arn) => ({ 'aws:sqs:arn': arn }) });
const bucket = (...actions: string[]): KeyUse => ({ actions, context: (arn) => ({ 'aws:s3:arn': arn }) });
const topic: KeyUse = {
  actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
  context: (arn) => ({ 'aws:sns:topicArn': arn }),
};

/**
 * By action. Sources: DynamoDB decrypts its table key for each principal that reads or writes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html); Secrets Manager
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html); SQS
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html); S3
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html); SNS
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
const uses: Readonly<Record<string, KeyUse>> = {
  'dynamodb:GetItem': table,
  'dynamodb:BatchGetItem': table,
  'dynamodb:PutItem': table,
  'dynamodb:UpdateItem': table,
  'dynamodb:DeleteItem': table,
  'dynamodb:BatchWriteItem': table,
  'dynamodb:Query': table,
  'dynamodb:Scan': table,
  'secretsmanager:GetSecretValue': secret('kms:Decrypt'),
  'secretsmanager:PutSecretValue': secret('kms:GenerateDataKey', 'kms:Decrypt'),
  'sqs:SendMessage': queue('kms:GenerateDataKey', 'kms:Decrypt'),
  'sqs:ReceiveMessage': queue('kms:Decrypt'),
  's3:GetObject': bucket('kms:Decrypt'),
  's3:PutObject': bucket('kms:GenerateDataKey'),
  'sns:Publish': topic,
};

/** An index is encrypted with its table's key, an object with its bucket's default key. */
function encryptedArn({ action, resource }: MadeCall): string {
  if (action.startsWith('dynamodb:')) return resource.split('/index/')[0] ?? resource;
  return action.startsWith('s3:') ? (resource.split('/')[0] ?? resource) : resource;
}

/** None if the resource is encrypted with a key that AWS owns or manages. */
export function keyCallsOf(call: MadeCall, plan: AccessPlan): MadeCall[] {
  const use = uses[call.action];
  const encrypted = encryptedArn(call);
  const key = plan.keyOf[encrypted];
  if (!use || key === undefined) return [];
  const service = call.action.split(':')[0];
  const names = Object.entries(use.context(encrypted, plan.account));
  const context: Context = {
    'kms:ViaService': `${service}.${plan.region}.amazonaws.com`,
    'kms:CallerAccount': plan.account,
    'kms:ResourceAliases': plan.aliases[key] ?? [],
    ...Object.fromEntries(names.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
  return use.actions.map((action) => ({ caller: call.caller, action, resource: key, context }));
}
