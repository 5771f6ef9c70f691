/** Each function may do exactly what it does, on exactly the resources it does it to. */
import { describe, expect, test } from 'vitest';
import { grantedTo } from './granted.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { stateful, stateless } = templatesOf();

const log = 'own log: logs:CreateLogStream logs:PutLogEvents';
const decrypt = 'encryption key through secretsmanager: kms:Decrypt';
const tableKey = 'encryption key through dynamodb: kms:Decrypt';
const read = 'secretsmanager:GetSecretValue';

const expected: Record<string, string[]> = {
  TriggerRole: [
    log,
    decrypt,
    tableKey,
    'table: dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
    'index: dynamodb:Query',
    'queue: sqs:SendMessage',
    `api tokens: ${read}`,
    `source secrets: ${read}`,
    `pseudonym key: ${read}`,
  ],
  WorkerRole: [
    log,
    decrypt,
    tableKey,
    'table: dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
    'queue: sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage sqs:SendMessage',
    'dead letters: sqs:SendMessage',
    `signing keys: ${read}`,
    `provider accounts: ${read}`,
    `pseudonym key: ${read}`,
    'first poller executions: states:StartExecution',
    'events: events:PutEvents',
  ],
  PollerCheckStatusRole: [
    log,
    decrypt,
    tableKey,
    'table: dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
    `signing keys: ${read}`,
    `provider accounts: ${read}`,
    'events: events:PutEvents',
  ],
  ReconcileRole: [
    log,
    tableKey,
    'table: dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem',
    'index: dynamodb:Query',
    'queue: sqs:SendMessage',
    'first poller executions: states:StartExecution',
    'events: events:PutEvents',
  ],
  KeyRotationRole: [
    log,
    'encryption key through secretsmanager: kms:Decrypt kms:GenerateDataKey',
    'signing keys: secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage',
    'key set: s3:PutObject',
    'distribution: cloudfront:CreateInvalidation',
  ],
};

const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

describe('least privilege', () => {
  for (const [role, lines] of Object.entries(expected)) {
    test(`${role} may do exactly this`, () => {
      expect(grantedTo(stateless, role)).toEqual([...lines].sort());
    });
  }

  test.each([
    ['PollerStateMachineRole', 'itself'],
    ['PollerExpressStateMachineRole', 'the STANDARD one'],
  ])('the state machine of %s may call its function, start %s and deliver its log', (role) => {
    expect(grantedTo(stateless, role)).toEqual(
      [
        `"*": ${logDelivery.join(' ')}`,
        'poller executions: states:StartExecution',
        'poller function: lambda:InvokeFunction',
      ].sort(),
    );
  });

  test('no role but these exists, and none has a managed policy', () => {
    const roles = [...resourcesOf(stateful, 'AWS::IAM::Role'), ...resourcesOf(stateless, 'AWS::IAM::Role')];
    expect(roles).toHaveLength(Object.keys(expected).length + 2);
    expect(roles.filter(([, role]) => role.Properties['ManagedPolicyArns'] !== undefined)).toEqual([]);
  });

  test('only API Gateway, the schedule and Secrets Manager of this account may call functions', () => {
    const callers = resourcesOf(stateless, 'AWS::Lambda::Permission').map(([, { Properties }]) => ({
      principal: Properties['Principal'],
      bound: Properties['SourceArn'] !== undefined || Properties['SourceAccount'] !== undefined,
    }));
    expect(new Set(callers.map(({ principal }) => principal))).toEqual(
      new Set(['apigateway.amazonaws.com', 'events.amazonaws.com', 'secretsmanager.amazonaws.com']),
    );
    expect(callers.every(({ bound }) => bound)).toBe(true);
  });
});
