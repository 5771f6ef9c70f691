/** Events that other systems put on the queue, in whatever envelope, go through the rules of their source. */
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import { readEnvelope } from '../../lib/issuance/envelope.ts';
import type { Sources } from '../../lib/sources/settings.ts';
import { plainEvent, plainRule, sourceWith } from '../fakes/deliveries.ts';
import { World } from '../fakes/world.ts';

const topic = 'arn:aws:sns:eu-west-1:210987654321:orders';
const rule = 'arn:aws:events:eu-west-1:210987654321:rule/orders';
const door = { principals: [], snsTopics: [], eventBridge: [] };
const noTime = { name: 'no-time', program: "'program-a'", holder: 'holder', claims: 'claims' };
const sources: Sources = {
  shop: { proof: undefined, queue: door, rules: [{ ...plainRule, when: "$not($headers.kind = 'other')" }] },
  topics: { proof: undefined, queue: { ...door, snsTopics: [topic] }, rules: [noTime] },
  bus: {
    proof: undefined,
    queue: { ...door, eventBridge: [{ rule, source: 'com.example.shop' }] },
    rules: [{ ...noTime, when: "$event.type = 'Order Paid'" }],
  },
  webhooks: sourceWith({ scheme: 'github' }),
};

function message(body: unknown, attributes: Record<string, string> = {}): SQSRecord {
  const messageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue, dataType: 'String' }]),
  );
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const attributesOfQueue = { ApproximateReceiveCount: '1' };
  return { messageId: 'm1', body: text, messageAttributes, attributes: attributesOfQueue } as unknown as SQSRecord;
}

async function work(...messages: SQSRecord[]): Promise<World> {
  const world = new World();
  const { batchItemFailures } = await worker({ Records: messages }, { ...world.ports(), sources });
  expect(batchItemFailures).toEqual([]);
  return world;
}

const sns = (inner: unknown, changes: object = {}) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: topic,
  Message: JSON.stringify(inner),
  Timestamp: '2026-11-22T08:00:00.000Z',
  ...changes,
});

const eventBridge = (changes: object = {}) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'Order Paid',
  source: 'com.example.shop',
  account: '210987654321',
  time: '2026-11-22T08:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: plainEvent,
  ...changes,
});

describe('an event on the queue', () => {
  test.each<[string, SQSRecord, string]>([
    ['with the attribute source', message(plainEvent, { source: 'shop' }), 'shop'],
    ['whose members look like our own message', message({ ...plainEvent, v: 1 }, { source: 'shop' }), 'shop'],
    ['through a topic', message(sns(plainEvent)), 'topics'],
    [
      'through a topic, with the attribute inside',
      message(
        sns(plainEvent, { TopicArn: `${topic}-2`, MessageAttributes: { source: { Type: 'String', Value: 'shop' } } }),
      ),
      'shop',
    ],
    [
      'through a topic that is another source’s, whatever the attribute inside says',
      message(sns(plainEvent, { MessageAttributes: { source: { Type: 'String', Value: 'shop' } } })),
      'topics',
    ],
    ['through EventBridge', message(eventBridge()), 'bus'],
  ])('%s becomes an issuance of its source', async (_, record, source) => {
    const world = await work(record);
    const [issuance] = world.store.all();
    expect(issuance).toMatchObject({ source, holder: 'ada@example.com', status: 'queued' });
    expect(world.queue.bodies.map((body) => readEnvelope(body))).toEqual([
      { kind: 'issuance', id: issuance?.id, tries: 1 },
    ]);
  });

  test('fault 4: delivered twice is one issuance', async () => {
    const record = message(eventBridge());
    expect((await work(record, record)).store.all()).toHaveLength(1);
  });

  test('that no rule is for is done with, and counted', async () => {
    const world = await work(
      message(plainEvent, { source: 'shop', Kind: 'other' }),
      message(eventBridge({ 'detail-type': 'Else' })),
    );
    expect([world.store.all(), world.queue.deadLetters]).toEqual([[], []]);
    expect(
      world.log
        .of('event-ignored')
        .map(({ source }) => source)
        .sort(),
    ).toEqual(['bus', 'shop']);
  });

  test.each<[string, SQSRecord, string]>([
    ['of a source that is not there', message(plainEvent, { source: 'nobody' }), 'source-unknown'],
    ['of no source at all', message(plainEvent, { source: '__proto__' }), 'source-unknown'],
    ['of a source for webhooks', message(plainEvent, { source: 'webhooks' }), 'source-unknown'],
    ['through a topic nobody knows', message(sns(plainEvent, { TopicArn: `${topic}-2` })), 'source-unknown'],
    ['through EventBridge from elsewhere', message(eventBridge({ source: 'com.example.other' })), 'source-unknown'],
    ['that a rule fails on', message({ ...plainEvent, holder: undefined }, { source: 'shop' }), 'rule-failed'],
    ['that is no JSON', message('{', { source: 'shop' }), 'request-not-json'],
    ['that is no object', message([1], { source: 'shop' }), 'request-invalid'],
  ])('%s is laid aside with a reason', async (_, record, code) => {
    const world = await work(record, message(plainEvent, { source: 'shop' }));
    expect(world.log.of('message-dead-lettered').map((entry) => entry.code)).toEqual([code]);
    expect(world.store.all()).toHaveLength(1);
  });
});

test('a request without envelope is taken as before', async () => {
  const { id: idempotencyKey, ...request } = plainEvent;
  const world = await work(message({ ...request, idempotencyKey, program: 'program-a' }));
  expect(world.store.all()).toMatchObject([{ source: 'queue' }]);
});
