/** The actions and resources of requests, as IAM names them. */
import { describe, expect, it } from 'vitest';
import { keyIdIn } from '../../src/iam/callers.ts';
import { dynamodbCalls } from '../../src/iam/requests/dynamodb.ts';
import { s3Calls } from '../../src/iam/requests/s3.ts';
import { invalidateCall, invokeCall, targetCalls } from '../../src/iam/requests/services.ts';
import { sqsCalls } from '../../src/iam/requests/sqs.ts';

const place = { region: 'eu-west-1', account: '000000000000' };
const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:000000000000:${rest}`;
const pairs = (calls: { action: string; resource: string }[] | undefined) =>
  calls?.map(({ action, resource }) => [action, resource]);

describe('DynamoDB', () => {
  it.each([
    ['GetItem', { TableName: 'T' }, [['dynamodb:GetItem', arn('dynamodb', 'table/T')]]],
    ['GetItem', { TableName: arn('dynamodb', 'table/T') }, [['dynamodb:GetItem', arn('dynamodb', 'table/T')]]],
    ['Query', { TableName: 'T', IndexName: 'i' }, [['dynamodb:Query', arn('dynamodb', 'table/T/index/i')]]],
    [
      'BatchGetItem',
      { RequestItems: { A: {}, B: {} } },
      [
        ['dynamodb:BatchGetItem', arn('dynamodb', 'table/A')],
        ['dynamodb:BatchGetItem', arn('dynamodb', 'table/B')],
      ],
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'A' } }, { ConditionCheck: { TableName: 'B' } }] },
      [
        ['dynamodb:PutItem', arn('dynamodb', 'table/A')],
        ['dynamodb:ConditionCheckItem', arn('dynamodb', 'table/B')],
      ],
    ],
    ['ListTables', {}, [['dynamodb:ListTables', '*']]],
  ])('%s %j', (operation, input, expected) => {
    expect(pairs(dynamodbCalls(place, operation, input))).toEqual(expected);
  });
});

describe('SQS', () => {
  it.each([
    ['SendMessageBatch', { QueueUrl: 'http://127.0.0.1:1/000000000000/q' }, 'sqs:SendMessage', arn('sqs', 'q')],
    ['DeleteMessage', { QueueUrl: 'http://127.0.0.1:1/000000000000/q' }, 'sqs:DeleteMessage', arn('sqs', 'q')],
    ['GetQueueUrl', { QueueName: 'q' }, 'sqs:GetQueueUrl', arn('sqs', 'q')],
    ['ListQueues', {}, 'sqs:ListQueues', '*'],
  ])('%s %j', (operation, input, action, resource) => {
    expect(pairs(sqsCalls(place, operation, input))).toEqual([[action, resource]]);
  });
});

describe('S3', () => {
  it.each([
    ['GET', '/b/k/x%20y.json', [['s3:GetObject', 'arn:aws:s3:::b/k/x y.json']]],
    ['HEAD', '/b/k', [['s3:GetObject', 'arn:aws:s3:::b/k']]],
    ['GET', '/b/k?versionId=1', [['s3:GetObjectVersion', 'arn:aws:s3:::b/k']]],
    ['PUT', '/b/k', [['s3:PutObject', 'arn:aws:s3:::b/k']]],
    ['POST', '/b/k?uploads', [['s3:PutObject', 'arn:aws:s3:::b/k']]],
    ['DELETE', '/b/k?uploadId=1', [['s3:AbortMultipartUpload', 'arn:aws:s3:::b/k']]],
    ['GET', '/b?list-type=2', [['s3:ListBucket', 'arn:aws:s3:::b']]],
    ['GET', '/b/?location', [['s3:GetBucketLocation', 'arn:aws:s3:::b']]],
    ['POST', '/b?delete', [['s3:DeleteObject', 'arn:aws:s3:::b/*']]],
    ['GET', '/', [['s3:ListAllMyBuckets', '*']]],
    ['POST', '/', undefined],
    ['PATCH', '/b/k', undefined],
  ])('%s %s', (method, url, expected) => {
    expect(pairs(s3Calls({ method, url, copySource: undefined }))).toEqual(expected);
  });

  it('a copy reads its source, too', () => {
    expect(pairs(s3Calls({ method: 'PUT', url: '/b/k', copySource: '/a/s?versionId=1' }))).toEqual([
      ['s3:GetObject', 'arn:aws:s3:::a/s'],
      ['s3:PutObject', 'arn:aws:s3:::b/k'],
    ]);
  });
});

describe('the other services', () => {
  const secret = arn('secretsmanager', 'secret:ring-abcdef');
  const machine = arn('states', 'stateMachine:m');
  const secretArn = (id: string) => (id === 'ring' ? secret : undefined);

  it.each([
    ['secretsmanager.GetSecretValue', { SecretId: 'ring' }, 'secretsmanager:GetSecretValue', secret],
    ['secretsmanager.GetSecretValue', { SecretId: secret }, 'secretsmanager:GetSecretValue', secret],
    ['AWSStepFunctions.StartExecution', { stateMachineArn: machine }, 'states:StartExecution', machine],
    [
      'AWSEvents.PutEvents',
      { Entries: [{ EventBusName: 'b' }, { EventBusName: 'b' }] },
      'events:PutEvents',
      arn('events', 'event-bus/b'),
    ],
    ['AWSEvents.PutEvents', { Entries: [{}] }, 'events:PutEvents', arn('events', 'event-bus/default')],
  ])('%s %j', (target, input, action, resource) => {
    expect(pairs(targetCalls(place, target, input, secretArn))).toEqual([[action, resource]]);
  });

  it('Lambda and CloudFront', () => {
    const call = { action: 'lambda:InvokeFunction', resource: arn('lambda', 'function:f') };
    expect([invokeCall(place, 'f'), invokeCall(place, arn('lambda', 'function:f:$LATEST'))]).toEqual([call, call]);
    expect(invalidateCall(place, 'E1').resource).toBe('arn:aws:cloudfront::000000000000:distribution/E1');
  });
});

it('the access key id is in the header or in a presigned address', () => {
  const header = 'AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0';
  expect(keyIdIn(header)).toBe('KEY');
  expect(keyIdIn(undefined, '/b/k?X-Amz-Credential=KEY%2F20260101%2Feu-west-1')).toBe('KEY');
  expect([keyIdIn(undefined), keyIdIn('Bearer x')]).toEqual([undefined, undefined]);
});
