/** Services of AWS that answer 200 and have done only a part, or nothing: what the adapters make of it. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import { accept } from '../../lib/accept/accept.ts';
import { announcer } from '../../lib/aws/announcer.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { queueMessages } from '../../lib/aws/queue-messages.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { issuanceId } from '../../lib/issuance/ids.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { issuanceIn } from '../fakes/issuance-in.ts';
import { refuse } from '../fakes/refuse-record.ts';
import { type ScriptedService, type ServiceAnswer, startScriptedService } from '../fakes/scripted-service.ts';
import { World } from '../fakes/world.ts';

let service: ScriptedService;

beforeEach(async () => {
  service = await startScriptedService();
});
afterEach(() => service.close());

describe('fault 37: DynamoDB reads a part of a batch and leaves the rest', () => {
  const tableName = 'issuances';
  const ids = ['a', 'b', 'c'].map((letter) => issuanceId(`iss_${letter.repeat(27)}`));
  const table = () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...clientSettings, ...service.client }));
    return issuanceTable(client, tableName, refuse);
  };
  const keysOf = (wanted: readonly string[]) => wanted.map((id) => ({ pk: { S: `ISSUANCE#${id}` } }));

  /** An answer with the items of these ids, which leaves the others unread. */
  async function partOf(read: readonly IssuanceId[], unread: readonly IssuanceId[]): Promise<ServiceAnswer> {
    const items: unknown[] = [];
    for (const id of read) {
      await table().create(issuanceIn('submitted', { id }));
      items.push(service.calls.pop()?.['Item']);
    }
    const left = unread.length > 0 ? { [tableName]: { Keys: keysOf(unread), ConsistentRead: true } } : {};
    return { body: { Responses: { [tableName]: items }, UnprocessedKeys: left } };
  }

  test('the rest is asked for, and only the rest', async () => {
    const [first = expect.unreachable(), ...others] = ids;
    const answers = [await partOf([first], others), await partOf(others, [])];
    service.next(...answers);
    const found = await table().getMany(ids);
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids);
    expect(service.calls).toMatchObject([
      { RequestItems: { [tableName]: { Keys: keysOf(ids), ConsistentRead: true } } },
      { RequestItems: { [tableName]: { Keys: keysOf(others), ConsistentRead: true } } },
    ]);
  });

  test('the rest is never to be had: an error, never a shorter list', async () => {
    const answer = await partOf([], ids);
    service.next(...Array<ServiceAnswer>(50).fill(answer));
    await expect(table().getMany(ids)).rejects.toThrow('unread');
  });
});

describe('the event bus takes the call and refuses the event', () => {
  const bus = () => announcer(new EventBridgeClient({ ...clientSettings, ...service.client }), 'events');
  const refused = {
    body: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }] },
  };
  const taken = { body: { FailedEntryCount: 0, Entries: [{ EventId: '1' }] } };

  test('the message comes back, and the end is published then', async () => {
    const world = new World();
    const { issuance } = await accept(world.request(), world.ports());
    world.provider.onSubmit(new IssuanceError('provider-rejected-claims'));
    service.next(refused, taken);
    for (let delivery = 0; delivery < 2; delivery += 1) {
      const messages = world.queue.receive();
      const { batchItemFailures } = await worker({ Records: messages }, { ...world.ports(), announcer: bus() });
      if (batchItemFailures.length === 0) for (const message of messages) world.queue.delete(message);
      world.clock.advance(1000_000);
    }
    expect((await world.store.get(issuance.id))?.status).toBe('failed');
    expect(service.calls).toHaveLength(2);
    expect(service.calls[1]).toEqual(service.calls[0]);
    expect(world.queue.bodies).toEqual([]);
  });
});

describe('the delay of a message', () => {
  const send = async (delaySeconds?: number) => {
    const client = new SQSClient({ ...clientSettings, ...service.client, md5: false });
    await issuanceQueue(client, `${service.client.endpoint}/0/issuances`).send(issuanceId('iss_a'), delaySeconds);
    return service.calls.at(-1)?.['DelaySeconds'] ?? 0;
  };

  test('is the one asked for, up to the longest SQS can give', async () => {
    expect([await send(), await send(1), await send(600), await send(86_400)]).toEqual([0, 1, 600, 900]);
  });
});

describe('a dead letter', () => {
  const letterOf = async (names: readonly string[]) => {
    const client = new SQSClient({ ...clientSettings, ...service.client, md5: false });
    const [queue, letters] = ['issuances', 'letters'].map((name) => `${service.client.endpoint}/0/${name}`);
    const messageAttributes = Object.fromEntries(names.map((name) => [name, { stringValue: `of ${name}` }]));
    const message = { receiptHandle: 'r', body: '{}', messageId: 'm-1', messageAttributes };
    await queueMessages(client, queue ?? '', letters ?? '').deadLetter(message, new IssuanceError('request-not-json'));
    const sent = service.calls.at(-1) as {
      QueueUrl: string;
      MessageAttributes: Record<string, { StringValue: string }>;
    };
    expect(sent.QueueUrl).toBe(letters);
    return Object.fromEntries(Object.entries(sent.MessageAttributes).map(([name, value]) => [name, value.StringValue]));
  };

  test('says why it is there, and keeps what its sender said of it', async () => {
    expect(await letterOf(['source', 'idempotencyKey'])).toMatchObject({
      source: 'of source',
      idempotencyKey: 'of idempotencyKey',
      reason: 'request-not-json',
      originalMessageId: 'm-1',
    });
  });

  test('has no more attributes than SQS takes, its reason among them', async () => {
    const attributes = await letterOf(Array.from({ length: 10 }, (_, index) => `own-${index}`));
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(10);
    expect(attributes).toMatchObject({ reason: 'request-not-json' });
  });
});
