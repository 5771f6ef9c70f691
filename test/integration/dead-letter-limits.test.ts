/** Dead letters at the limits of SQS: ten attributes, and a message of the greatest size. */
import {
  DeleteMessageCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type QueueService, startQueueService } from '@issue-on-behalf/local-cloud/test/queue-service';
import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import { queueMessages } from '../../lib/aws/queue-messages.ts';
import type { Target } from '../../tools/command-line/target.ts';
import { redriveLetters } from '../../tools/redrive/letters.ts';
import { World } from '../fakes/world.ts';

const greatest = 1_048_576;
let service: QueueService;
let client: SQSClient;
const queue = () => service.urlOf('queue');
const letters = () => service.urlOf('letters');

beforeAll(async () => {
  service = await startQueueService(['queue', 'letters']);
  client = new SQSClient(settings());
});

afterAll(async () => {
  client.destroy();
  await service.stop();
});

beforeEach(async () => {
  for (const QueueUrl of [queue(), letters()]) await client.send(new PurgeQueueCommand({ QueueUrl }));
});

const settings = () => ({
  endpoint: service.origin,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

const texts = (message: Message | undefined) =>
  Object.fromEntries(
    Object.entries(message?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
  );

async function send(body: string, attributes: Record<string, string>): Promise<void> {
  const entries = Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
  const command = { QueueUrl: queue(), MessageBody: body, MessageAttributes: Object.fromEntries(entries) };
  await client.send(new SendMessageCommand(command));
}

async function receive(QueueUrl: string): Promise<Message> {
  const all = { MessageAttributeNames: ['All'], MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...all }));
  expect(Messages).toHaveLength(1);
  return Messages[0] ?? {};
}

/** The worker takes the message of the queue, which it can only dead-letter. */
async function work(): Promise<Message> {
  const { Body = '', MessageId = '', ReceiptHandle = '', MessageAttributes = {} } = await receive(queue());
  const messageAttributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue }]) => [
      name,
      { dataType: 'String', stringValue: StringValue },
    ]),
  );
  const attributes = { ApproximateReceiveCount: '1' };
  const record = { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, messageAttributes, attributes };
  const ports = { ...new World().ports(), messages: queueMessages(client, queue(), letters()) };
  const { batchItemFailures } = await worker({ Records: [record as unknown as SQSRecord] }, ports);
  expect(batchItemFailures).toEqual([]);
  await client.send(new DeleteMessageCommand({ QueueUrl: queue(), ReceiptHandle }));
  return receive(letters());
}

/** What the sender's attributes are once an operator has put the letter back. */
async function redrive(): Promise<Message> {
  const target: Target = {
    environment: {} as Target['environment'],
    output: (name) => (name === 'QueueUrl' ? queue() : letters()),
    client: settings,
    functionName: (name) => name,
  };
  const progress = { show: () => undefined, end: () => undefined };
  await redriveLetters(target, { reason: undefined, dryRun: false }, progress);
  return receive(queue());
}

const ten = {
  'webhook-id': 'w1',
  b: '2',
  c: '3',
  d: '4',
  e: '5',
  f: '6',
  g: '"quoted"\n',
  h: '8',
  IdempotencyKey: 'key-1',
  source: 'nobody',
};

describe('fault 59: a message with ten attributes', () => {
  test('keeps source and idempotency key beside the reason, and all of them once it is redriven', async () => {
    await send('{}', ten);
    const letter = await work();
    expect(Object.keys(texts(letter)).length).toBeLessThanOrEqual(10);
    expect(texts(letter)).toMatchObject({ source: 'nobody', IdempotencyKey: 'key-1', reason: 'source-unknown' });
    for (const name of ['explanation', 'advice', 'originalMessageId']) expect(texts(letter)).toHaveProperty(name);
    expect(texts(await redrive())).toEqual(ten);
  });

  test('survives a second stay among the dead letters', async () => {
    await send('{}', ten);
    await work();
    await redrive();
    const letter = await work();
    expect(texts(letter)).toMatchObject({ source: 'nobody', reason: 'source-unknown' });
    expect(texts(await redrive())).toEqual(ten);
  });

  test('redriven by the means of AWS, with our attributes, is dead-lettered with the same ones', async () => {
    await send('{}', ten);
    const first = texts(await work());
    await client.send(new PurgeQueueCommand({ QueueUrl: letters() }));
    await send('{}', first as Record<string, string>);
    const { originalMessageId: _first, ...rest } = first;
    expect(texts(await work())).toMatchObject(rest);
    expect(texts(await redrive())).toEqual(ten);
  });

  test('a sender may use the name we pack under', async () => {
    await send('{}', { source: 'nobody', furtherAttributes: 'its own' });
    await work();
    expect(texts(await redrive())).toEqual({ source: 'nobody', furtherAttributes: 'its own' });
  });
});

describe('fault 59: a message of the greatest size', () => {
  const sizeOf = (attributes: Record<string, string>) =>
    Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}String${value}`), 0);
  // Two bytes each but for the first: what counts is bytes.
  const bodyOf = (bytes: number) => `${'x'.repeat(bytes % 2)}${'ü'.repeat(Math.floor(bytes / 2))}`;

  test.each([
    ['without attributes', {}],
    ['with a source', { source: 'nobody' }],
    ['with ten attributes', ten],
  ])('%s is dead-lettered as it is', async (_what, attributes) => {
    const body = bodyOf(greatest - sizeOf(attributes));
    await send(body, attributes);
    const letter = await work();
    expect(letter.Body === body).toBe(true);
    expect(texts(letter)).toEqual(attributes);
    expect(texts(await redrive())).toEqual(attributes);
  });

  test('with a little room has the reason and what else goes in', async () => {
    const body = bodyOf(greatest - sizeOf({ source: 'nobody' }) - 150);
    await send(body, { source: 'nobody' });
    const letter = await work();
    expect(texts(letter)).toMatchObject({ source: 'nobody', reason: 'request-not-json' });
    expect(texts(letter)).toHaveProperty('originalMessageId');
    expect(texts(letter)).not.toHaveProperty('advice');
  });

  test('whose attributes are the large part is dead-lettered as well', async () => {
    const long = { ...ten, h: '"'.repeat(greatest - sizeOf(ten) - 1) };
    await send('{}', long);
    const letter = await work();
    expect(texts(letter)).toEqual(long);
  });
});
