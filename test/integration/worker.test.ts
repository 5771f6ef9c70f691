/** The worker over a queue: what becomes of each message of a batch. */
import { describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import { accept } from '../../lib/accept/accept.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { type FaultHook, failOnce } from '../fakes/faulty.ts';
import { World } from '../fakes/world.ts';

/** Receives a batch, lets the worker have it and deletes what it does not give back, as the event source does. */
async function turn(world: World, hook?: FaultHook, changes = {}): Promise<string[]> {
  const messages = world.queue.receive();
  const { batchItemFailures } = await worker({ Records: messages }, { ...world.ports(hook), ...changes });
  const back = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const message of messages) if (!back.has(message.messageId)) world.queue.delete(message);
  return [...back];
}

/** A run of the reconciler. */
const letOut = (world: World) => reconcile(new Date(world.clock.now().getTime() + 60_000), world.ports());

const external = (changes: Record<string, unknown> = {}) => ({
  program: 'program-a',
  holder: 'ada@example.com',
  claims: { tier: 'Gold' },
  occurredAt: '2026-11-22T08:00:00.000Z',
  idempotencyKey: 'from-crm-1',
  ...changes,
});

async function acceptMany(world: World, count: number): Promise<string[]> {
  const requests = Array.from({ length: count }, (_, n) =>
    world.request({ idempotencyKey: `event-${n}`, holder: `holder-${n}@example.com` }),
  );
  const accepted = await Promise.all(requests.map((request) => accept(request, world.ports())));
  return accepted.map(({ issuance }) => issuance.id);
}

describe('a batch', () => {
  test('is handed over and gets one poller', async () => {
    const world = new World();
    const ids = await acceptMany(world, 10);
    expect(await turn(world)).toEqual([]);
    expect(world.pollers.started).toEqual([ids]);
    expect(world.queue.bodies).toEqual([]);
    expect(world.log.of('batch-submitted')).toMatchObject([{ messages: 10, submitted: 10, returned: 0 }]);
  });

  test('fault 8: with a poison message: nine succeed, it alone is dead-lettered, with its reason', async () => {
    const world = new World();
    await acceptMany(world, 9);
    world.queue.put('{"poison": true');
    expect(await turn(world)).toEqual([]);
    expect(world.store.all().map(({ status }) => status)).toEqual(Array(9).fill('submitted'));
    expect(world.queue.deadLetters).toEqual([{ body: '{"poison": true', reason: 'request-not-json' }]);
    expect(world.queue.bodies).toEqual([]);
  });

  test('fault 8: in which one hits an unforeseen error: it comes back, the others are done', async () => {
    const world = new World();
    await acceptMany(world, 3);
    expect(await turn(world, failOnce('slots.acquire', 'before', new Error('throttled')))).toEqual([]);
    expect(world.queue.bodies).toEqual([expect.stringContaining('"tries":2')]);
    expect(world.pollers.started.flat()).toHaveLength(2);
    expect(world.log.of('unexpected-error')).toMatchObject([{ name: 'Error', where: 'worker' }]);
  });

  test('that ends without anything to ask about starts no poller', async () => {
    const world = new World();
    await acceptMany(world, 1);
    world.provider.onSubmit(new IssuanceError('holder-refused-consent'));
    await turn(world);
    expect(world.pollers.started).toEqual([]);
  });

  test('fault 22: whose poller cannot be started comes back, and only that is tried again', async () => {
    const world = new World();
    const ids = await acceptMany(world, 3);
    expect(await turn(world, failOnce('pollers.start', 'before', new Error('throttled')))).toEqual([]);
    expect(world.queue.bodies).toHaveLength(3);
    world.clock.advance(200_000);
    expect(await turn(world)).toEqual([]);
    expect(world.pollers.started).toEqual([ids]);
    expect(world.provider.submitted).toHaveLength(3);
  });
});

describe('fault 51: a message to try again', () => {
  const unavailable = () => new IssuanceError('provider-unavailable');
  const sendsFail: FaultHook = ({ call }) => {
    if (call === 'queue.send' || call === 'messages.resend') throw new Error('down');
  };

  test('is sent again with the delay and its count, and the old one goes', async () => {
    const world = new World();
    const [id] = await acceptMany(world, 1);
    world.provider.onSubmit(new IssuanceError('provider-rate-limited', { retryAfterSeconds: 600 }));
    expect(await turn(world)).toEqual([]);
    expect(world.queue.bodies).toEqual([JSON.stringify({ v: 1, id, tries: 2 })]);
    expect(world.queue.nextVisibleAt).toEqual(new Date(world.clock.now().getTime() + 601_000));
    world.clock.advance(601_000);
    expect(await turn(world)).toEqual([]);
    expect(world.queue.deadLetters).toEqual([]);
    expect(world.store.all()).toMatchObject([{ status: 'submitted' }]);
  });

  test('waits in the table where the provider asks for longer than a message can be delayed', async () => {
    const world = new World();
    await acceptMany(world, 1);
    world.provider.onSubmit(new IssuanceError('provider-rate-limited', { retryAfterSeconds: 1800 }));
    await turn(world);
    expect(world.queue.bodies).toEqual([]);
    await letOut(world);
    expect(world.queue.bodies).toEqual([]);
    world.clock.advance(1_801_000);
    await letOut(world);
    await turn(world);
    expect(world.store.all()).toMatchObject([{ status: 'submitted' }]);
  });

  test('fault 16: for a day and a half: no dead letter, and it goes on when the provider is back', async () => {
    const world = new World();
    const [id = ''] = await acceptMany(world, 1);
    const end = world.clock.now().getTime() + 36 * 3600_000;
    let tries = 0;
    while (world.clock.now().getTime() < end) {
      world.provider.onSubmit(unavailable());
      await turn(world, undefined, { random: () => 0.1 });
      tries += 1;
      if (world.queue.bodies.length === 0) world.clock.advance(300_000);
      else world.clock.reach(world.queue.nextVisibleAt ?? new Date(Number.NaN));
      await letOut(world);
    }
    expect(tries).toBeGreaterThan(150);
    expect(world.queue.deadLetters).toEqual([]);
    expect((await world.store.get(id))?.status).toBe('queued');
    world.provider.onSubmit();
    for (let turns = 0; turns < 3; turns += 1) {
      await turn(world);
      world.clock.advance(300_000);
      await letOut(world);
    }
    expect((await world.store.get(id))?.status).toBe('submitted');
  });

  test('is not lost when the new one cannot be sent: it comes back by itself', async () => {
    const world = new World();
    await acceptMany(world, 1);
    world.provider.onSubmit(unavailable());
    expect(await turn(world, sendsFail)).toEqual(['message-1']);
  });

  test('of another system keeps its body and attributes', async () => {
    const world = new World();
    const attributes = { team: { dataType: 'String' as const, stringValue: 'crm' } };
    world.queue.put(JSON.stringify(external()), 0, attributes);
    expect(await turn(world, failOnce('store.create', 'before', new Error('throttled')))).toEqual([]);
    world.clock.advance(60_000);
    expect(world.queue.receive()).toMatchObject([
      { body: JSON.stringify(external()), messageAttributes: { ...attributes, tries: { stringValue: '2' } } },
    ]);
  });

  test('is left to the queue after a day of internal errors', async () => {
    const world = new World();
    world.queue.put(JSON.stringify(external()), 0, { tries: { dataType: 'Number', stringValue: '201' } });
    expect(await turn(world, failOnce('store.create', 'before', new Error('throttled')))).toEqual(['message-1']);
  });
});

describe('a message of another system', () => {
  test('is accepted by the same rules: stored first, then a message of our own', async () => {
    const world = new World();
    world.queue.put(JSON.stringify(external()));
    expect(await turn(world)).toEqual([]);
    const [issuance] = world.store.all();
    expect(issuance).toMatchObject({ source: 'queue', status: 'queued', holder: 'ada@example.com' });
    expect(world.queue.bodies).toEqual([JSON.stringify({ v: 1, id: issuance?.id })]);
    expect(world.provider.submitted).toEqual([]);
    await turn(world);
    expect(world.store.all()).toMatchObject([{ status: 'submitted' }]);
  });

  test('fault 4: delivered twice is one issuance', async () => {
    const world = new World();
    for (let copies = 0; copies < 2; copies += 1) world.queue.put(JSON.stringify(external()));
    for (let turns = 0; turns < 3; turns += 1) await turn(world);
    expect(world.store.all()).toHaveLength(1);
    expect(world.provider.submitted).toHaveLength(1);
  });

  test('that cannot be stored now comes back later', async () => {
    const world = new World();
    world.queue.put(JSON.stringify(external()));
    expect(await turn(world, failOnce('store.create', 'before', new Error('throttled')))).toEqual([]);
    world.clock.advance(60_000);
    expect(await turn(world)).toEqual([]);
    expect(world.queue.deadLetters).toEqual([]);
    expect(world.store.all()).toHaveLength(1);
  });

  test.each<[string, string, string]>([
    ['no JSON', 'hello', 'request-not-json'],
    ['nothing', '', 'request-not-json'],
    ['a list', '[]', 'request-invalid'],
    ['a number', '7', 'request-invalid'],
    ['null', 'null', 'request-invalid'],
    ['fault 41: a version from the future', '{"v":2,"id":"iss_x"}', 'message-version-unknown'],
    ['fault 41: a version that is a string', '{"v":"1","id":"iss_x"}', 'message-version-unknown'],
    ['fault 41: our version without id', '{"v":1}', 'message-version-unknown'],
    ['an id nobody knows', '{"v":1,"id":"iss_x"}', 'issuance-missing'],
    ['no key', JSON.stringify(external({ idempotencyKey: undefined })), 'idempotency-key-missing'],
    ['a key that is a number', JSON.stringify(external({ idempotencyKey: 7 })), 'idempotency-key-missing'],
    ['a key with a line break', JSON.stringify(external({ idempotencyKey: 'a\nb' })), 'idempotency-key-invalid'],
    ['an unknown program', JSON.stringify(external({ program: 'nothing' })), 'program-unknown'],
    ['wrong claims', JSON.stringify(external({ claims: { wrong: 1 } })), 'claims-invalid'],
    ['no holder', JSON.stringify(external({ holder: 'nobody' })), 'holder-invalid'],
    ['a date of the future', JSON.stringify(external({ occurredAt: '2027-01-01T00:00:00Z' })), 'occurred-at-in-future'],
    ['fault 32: a reserved name', '{"__proto__":{"a":1},"idempotencyKey":"a"}', 'request-invalid'],
    ['a member too many', JSON.stringify(external({ source: 'admin' })), 'request-invalid'],
    ['fault 30: over 64 KB', JSON.stringify(external({ claims: { a: 'x'.repeat(65_536) } })), 'request-too-large'],
  ])('with %s goes to the dead-letter queue at once', async (_name, body, reason) => {
    const world = new World();
    world.queue.put(body);
    expect(await turn(world)).toEqual([]);
    expect(world.queue.deadLetters).toMatchObject([{ body, reason }]);
    expect(world.log.of('message-dead-lettered')).toEqual([
      { event: 'message-dead-lettered', code: reason, messageId: 'message-1' },
    ]);
    expect(world.store.all()).toEqual([]);
  });

  test('fault 12: with the key of another payload goes there too, and the first is untouched', async () => {
    const world = new World();
    world.queue.put(JSON.stringify(external()));
    await turn(world);
    const [first] = world.store.all();
    world.queue.put(JSON.stringify(external({ claims: { tier: 'Silver' } })));
    await turn(world);
    expect(world.queue.deadLetters).toMatchObject([{ reason: 'idempotency-key-reused' }]);
    expect(world.store.all()).toMatchObject([{ fingerprint: first?.fingerprint }]);
  });

  test('that cannot be dead-lettered now comes back', async () => {
    const world = new World();
    world.queue.put('poison');
    expect(await turn(world, failOnce('messages.deadLetter', 'before', new Error('down')))).toEqual([]);
    expect(world.queue.bodies).toEqual(['poison']);
    expect(world.queue.deadLetters).toEqual([]);
  });
});
