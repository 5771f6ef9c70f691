/** The embedded services answer the SDK's own clients by AWS's rules. */
import { statSync } from 'node:fs';
import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BusEvent, type Cloud, startCloud } from '../src/cloud.ts';
import { clientsFor, row, until, workplace } from './fixtures/running.ts';

const work = workplace();
const events: BusEvent[] = [];
let cloud: Cloud;
let clients: ReturnType<typeof clientsFor>;
let secretId: string;
let machine: string;

beforeAll(async () => {
  const onEvent = (event: BusEvent): number => events.push(event);
  cloud = await startCloud({ assemblyDir: work.assemblyDir, stateDir: work.path('state'), onEvent });
  clients = clientsFor(cloud.endpoints);
  secretId = cloud.plan.secrets[0]?.arn ?? '';
  machine = cloud.plan.machines[0]?.arn ?? '';
});
afterAll(async () => {
  await cloud.stop();
  work.remove();
});

const refusedAs = (name: string) => expect.objectContaining({ name });

describe('DynamoDB', () => {
  it('lets one of many conditional writes at a time win, and keeps the index true', async () => {
    const TableName = cloud.plan.tables[0]?.name;
    const claim = (owner: number) =>
      clients.table.send(
        new PutItemCommand({
          TableName,
          Item: { pk: { S: 'one' }, status: { S: 'claimed' }, due: { N: String(owner) } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    const claims = await Promise.allSettled(Array.from({ length: 50 }, (_, owner) => claim(owner)));
    expect(claims.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const count = new UpdateItemCommand({
      TableName,
      Key: { pk: { S: 'one' } },
      UpdateExpression: 'SET #s = :s ADD n :one',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':one': { N: '1' }, ':s': { S: 'counted' } },
    });
    await Promise.all(Array.from({ length: 50 }, () => clients.table.send(count)));
    expect(await row(cloud, 'one')).toMatchObject({ n: '50' });
    const inIndex = async (status: string) => {
      const names = { ExpressionAttributeNames: { '#s': 'status' }, KeyConditionExpression: '#s = :s' };
      const values = { ExpressionAttributeValues: { ':s': { S: status } } };
      const found = await clients.table.send(
        new QueryCommand({ TableName, IndexName: 'by-status', ...names, ...values }),
      );
      return found.Items?.map((item) => item['n']?.N);
    };
    expect(await inIndex('claimed')).toEqual([]);
    expect(await inIndex('counted')).toEqual(['50']);
  });
});

describe('SQS and S3', () => {
  it('keeps a message whose visibility is set to nothing', async () => {
    const QueueUrl = cloud.plan.queues.find((queue) => queue.name !== 'fixture-entries')?.url;
    await clients.queue.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
    const receive = () => clients.queue.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    const ReceiptHandle = (await receive()).Messages?.[0]?.ReceiptHandle;
    await clients.queue.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    expect((await receive()).Messages?.[0]?.Body).toBe('again');
  });

  it('stores objects', async () => {
    const object = { Bucket: cloud.plan.buckets[0], Key: 'a/b.txt' };
    await clients.bucket.send(new PutObjectCommand({ ...object, Body: 'hello' }));
    const got = await clients.bucket.send(new GetObjectCommand(object));
    expect(await got.Body?.transformToString()).toBe('hello');
  });
});

describe('Secrets Manager', () => {
  const put = (token: string, value: string, stages?: string[]) =>
    clients.secrets.send(
      new PutSecretValueCommand({
        SecretId: secretId,
        ClientRequestToken: token.repeat(32),
        SecretString: value,
        ...(stages ? { VersionStages: stages } : {}),
      }),
    );
  const get = async (stage: string) =>
    (await clients.secrets.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }))).SecretString;
  const move = (stage: string, to: string | undefined, from: string | undefined) => {
    const ids = { MoveToVersionId: to?.repeat(32), RemoveFromVersionId: from?.repeat(32) };
    return clients.secrets.send(
      new UpdateSecretVersionStageCommand({ SecretId: secretId, VersionStage: stage, ...ids }),
    );
  };

  it('keeps its file to its owner', () => {
    expect(statSync(work.path('state/secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('generates the first value by the rules of the template and rotates it once at the start', () => {
    const value = cloud.secrets.get(secretId) ?? '';
    expect(JSON.parse(value.slice(0, -1))).toMatchObject({ user: 'u', password: expect.stringMatching(/^.{20}$/) });
    expect(value.endsWith('}+')).toBe(true);
  });

  it('moves AWSCURRENT and AWSPREVIOUS together', async () => {
    await put('a', 'first');
    await put('b', 'second');
    expect([await get('AWSCURRENT'), await get('AWSPREVIOUS')]).toEqual(['second', 'first']);
    await expect(move('AWSCURRENT', 'a', undefined)).rejects.toThrow(refusedAs('InvalidParameterException'));
    await expect(move('AWSCURRENT', 'a', 'a')).rejects.toThrow(refusedAs('InvalidParameterException'));
    await expect(move('AWSCURRENT', undefined, 'b')).rejects.toThrow(refusedAs('InvalidParameterException'));
    await expect(move('AWSCURRENT', 'z', 'b')).rejects.toThrow(refusedAs('ResourceNotFoundException'));
    await move('AWSCURRENT', 'a', 'b');
    expect([await get('AWSCURRENT'), await get('AWSPREVIOUS')]).toEqual(['first', 'second']);
  });

  it('repeats a token with the same value quietly and refuses it with another', async () => {
    await put('c', 'third', ['AWSPENDING']);
    await put('c', 'third', ['AWSPENDING']);
    await expect(put('c', 'other', ['AWSPENDING'])).rejects.toThrow(refusedAs('ResourceExistsException'));
    expect(await get('AWSCURRENT')).toBe('first');
    const listed = await clients.secrets.send(new ListSecretVersionIdsCommand({ SecretId: secretId }));
    expect(listed.Versions?.find((one) => one.VersionId === 'c'.repeat(32))?.VersionStages).toEqual(['AWSPENDING']);
  });

  it('describes labels and rotation, and knows no other secrets', async () => {
    const described = await clients.secrets.send(new DescribeSecretCommand({ SecretId: secretId }));
    expect(described.VersionIdsToStages?.['a'.repeat(32)]).toEqual(['AWSCURRENT']);
    expect(described.RotationEnabled).toBe(true);
    expect(described.LastRotatedDate).toBeInstanceOf(Date);
    const unknown = clients.secrets.send(new GetSecretValueCommand({ SecretId: 'unknown' }));
    await expect(unknown).rejects.toThrow(refusedAs('ResourceNotFoundException'));
  });
});

describe('Step Functions', () => {
  const start = (name: string, input: object) =>
    clients.steps.send(new StartExecutionCommand({ stateMachineArn: machine, name, input: JSON.stringify(input) }));
  const describeIt = (executionArn: string | undefined) =>
    clients.steps.send(new DescribeExecutionCommand({ executionArn }));
  const ended = (executionArn: string | undefined) =>
    until('the execution ends', async () => {
      const described = await describeIt(executionArn);
      return described.status === 'RUNNING' ? undefined : described;
    });

  it('runs the template’s own definition, with its context', async () => {
    const started = await start('done', { id: 'done' });
    const described = await ended(started.executionArn);
    expect(described.status).toBe('SUCCEEDED');
    expect(JSON.parse(described.output ?? '')).toMatchObject({ rounds: 2, answer: { done: true, asked: 2 } });
    const seen = await row(cloud, 'done');
    expect(seen).toMatchObject({ execution: started.executionArn, started: described.startDate?.toISOString() });
    expect(events.map((event) => event.detail)).toContainEqual({ id: 'done' });
  });

  it('fault 22: answers a repeated start of what runs, and refuses the name otherwise', async () => {
    const first = await start('named', { id: 'named', rounds: 100 });
    expect((await start('named', { id: 'named', rounds: 100 })).executionArn).toBe(first.executionArn);
    const other = start('named', { id: 'named', rounds: 99 });
    await expect(other).rejects.toThrow(refusedAs('ExecutionAlreadyExists'));
    await clients.steps.send(new StopExecutionCommand({ executionArn: first.executionArn, error: 'Enough' }));
    expect(await describeIt(first.executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
    const again = start('named', { id: 'named', rounds: 100 });
    await expect(again).rejects.toThrow(refusedAs('ExecutionAlreadyExists'));
    const listed = await clients.steps.send(
      new ListExecutionsCommand({ stateMachineArn: machine, statusFilter: 'ABORTED' }),
    );
    expect(listed.executions?.map((one) => one.name)).toEqual(['named']);
  });

  it('fails with the function’s error and its cause', async () => {
    const described = await ended((await start('broken', { id: 'broken' })).executionArn);
    expect(described).toMatchObject({ status: 'FAILED', error: 'EntryBroken' });
    expect(JSON.parse(described.cause ?? '')).toMatchObject({ errorMessage: 'no such entry' });
  });

  it('refuses what is no machine, no name and no input', async () => {
    const send = (input: object) =>
      clients.steps.send(new StartExecutionCommand({ stateMachineArn: machine, ...input }));
    await expect(send({ stateMachineArn: `${machine}x` })).rejects.toThrow(refusedAs('StateMachineDoesNotExist'));
    await expect(send({ name: 'a b' })).rejects.toThrow(refusedAs('InvalidName'));
    await expect(send({ input: '{' })).rejects.toThrow(refusedAs('InvalidExecutionInput'));
  });
});

describe('EventBridge', () => {
  it('hands events to the listener and tells malformed ones apart', async () => {
    const entry = { Source: 'test', DetailType: 'kind', EventBusName: cloud.plan.buses[0] };
    const Entries = [
      { ...entry, Detail: '{"a":1}' },
      { ...entry, Detail: '{' },
    ];
    const answer = await clients.bus.send(new PutEventsCommand({ Entries }));
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode: 'MalformedDetail' }] });
    expect(events.at(-1)).toMatchObject({ source: 'test', detailType: 'kind', detail: { a: 1 } });
  });
});
