/** Forms in which AWS services put events on the queue, beyond plain messages, SNS and EventBridge. */
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import type { Sources } from '../../lib/sources/settings.ts';
import { plainEvent, plainRule } from '../fakes/deliveries.ts';
import { failOnce } from '../fakes/faulty.ts';
import { World } from '../fakes/world.ts';

const topic = 'arn:aws:sns:eu-west-1:210987654321:orders';
const queue = { principals: [], snsTopics: [topic], eventBridge: [] };
const sources: Sources = {
  shop: { queue, rules: [plainRule] },
  batches: { queue: { ...queue, snsTopics: [] }, split: 'events', rules: [plainRule] },
  timed: { queue: { ...queue, snsTopics: [] }, rules: [{ ...plainRule, occurredAt: undefined }] },
};

const s3Test = {
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: '2026-11-22T08:00:00.000Z',
  Bucket: 'orders',
  RequestId: '5582815E1AEA5ADF',
  HostId: '8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR',
};
const sns = (message: unknown) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: topic,
  Message: JSON.stringify(message),
  Timestamp: '2026-11-22T08:00:00.000Z',
});

function message(body: unknown, source?: string): SQSRecord {
  const messageAttributes = source === undefined ? {} : { source: { stringValue: source, dataType: 'String' } };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const attributes = { ApproximateReceiveCount: '1' };
  return { messageId: 'm1', body: text, messageAttributes, attributes } as unknown as SQSRecord;
}

async function work(world: World, record: SQSRecord, hook?: Parameters<World['ports']>[0]) {
  await worker({ Records: [record] }, { ...world.ports(hook), sources });
  return {
    holders: world.store
      .all()
      .map((one) => ('holder' in one ? one.holder : ''))
      .sort(),
    ignored: world.log.of('event-ignored').map(({ source }) => source),
    refused: world.log.of('message-dead-lettered').map(({ code }) => code),
  };
}

const { id: _, ...withoutId } = plainEvent;
const ada = { holders: ['ada@example.com'], ignored: [], refused: [] };

describe('a sender that cannot set message attributes', () => {
  test.each<[string, unknown]>([
    ['a Pipe', { source: 'shop', event: withoutId }],
    [
      'an input transformer, with id and time',
      { source: 'shop', id: 'm-1', time: '2026-11-22T08:00:00Z', event: withoutId },
    ],
    ['one that transforms an envelope', { source: 'shop', event: sns(withoutId) }],
  ])('such as %s names the source beside the event', async (_what, body) => {
    expect(await work(new World(), message(body))).toEqual(ada);
  });

  test('gives the time and the key with it', async () => {
    const world = new World();
    const { occurredAt: time, ...event } = withoutId;
    await work(world, message({ source: 'timed', id: 'm-1', time, event }));
    await work(world, message({ source: 'timed', id: 'm-1', time, event: { ...event, note: 'repeated' } }));
    expect(world.store.all()).toMatchObject([{ occurredAt: '2026-11-22T08:00:00.000Z' }]);
  });

  test.each<[string, unknown, string]>([
    ['names a source that is not there', { source: 'nobody', event: withoutId }, 'source-unknown'],
    ['adds members', { source: 'shop', event: withoutId, more: 1 }, 'idempotency-key-missing'],
  ])('and %s is refused', async (_what, body, code) => {
    expect((await work(new World(), message(body))).refused).toEqual([code]);
  });

  test('does not change what an attribute says: with it, the body is the sender’s own', async () => {
    const result = await work(new World(), message({ source: 'batches', event: plainEvent }, 'shop'));
    expect(result.refused).toEqual(['rule-failed']);
  });
});

test('SNS with raw delivery is taken by the attribute that its publisher set', async () => {
  expect(await work(new World(), message(plainEvent, 'shop'))).toEqual(ada);
});

test.each<[string, SQSRecord, string]>([
  ['directly', message(s3Test), 'queue'],
  ['through a topic', message(sns(s3Test)), 'shop'],
])('the test event of S3 that arrives %s is ignored, and is no dead letter', async (_what, record, source) => {
  expect(await work(new World(), record)).toEqual({ holders: [], ignored: [source], refused: [] });
});

test('a message of 1 MiB with the attribute source is taken', async () => {
  const padding = 'x'.repeat(1_048_576 - JSON.stringify({ ...plainEvent, padding: '' }).length);
  expect(await work(new World(), message({ ...plainEvent, padding }, 'shop'))).toEqual(ada);
});

test.each<[string, string, string | undefined]>([
  ['an event', JSON.stringify(plainEvent), 'shop'],
  ['a request', JSON.stringify({ ...withoutId, idempotencyKey: 'k', program: 'program-a' }), undefined],
])('a byte order mark before %s does not matter', async (_what, text, source) => {
  expect(await work(new World(), message(`\uFEFF${text}`, source))).toEqual(ada);
});

describe('a message with several events', () => {
  const names = ['ada', 'bob', 'cy'];
  const events = names.map((name) => ({ ...plainEvent, holder: `${name}@example.com` }));
  const holders = events.map(({ holder }) => holder);

  test('becomes as many issuances', async () => {
    expect((await work(new World(), message({ events }, 'batches'))).holders).toEqual(holders);
  });

  test('in an envelope becomes as many, whose keys are not that of the envelope', async () => {
    const body = { source: 'batches', id: 'm-1', event: sns({ events }) };
    expect((await work(new World(), message(body))).holders).toEqual(holders);
  });

  test('that fails in part is tried again, and gives each event once', async () => {
    const world = new World();
    const record = message({ events }, 'batches');
    const hook = failOnce('queue.send', 'before', new Error('the queue is away'));
    const first = await work(world, record, hook);
    expect(first.refused).toEqual([]);
    expect(world.log.of('unexpected-error')).toHaveLength(1);
    expect((await work(world, record, hook)).holders).toEqual(holders);
  });

  test('one of which is unusable becomes a dead letter, and the others are accepted', async () => {
    const result = await work(new World(), message({ events: [events[0], 7, events[2]] }, 'batches'));
    expect(result).toMatchObject({ holders: ['ada@example.com', 'cy@example.com'], refused: ['request-invalid'] });
  });
});
