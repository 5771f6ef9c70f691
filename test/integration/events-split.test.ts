/** Deliveries with several events: each becomes an issuance of its own, and the delivery gets one answer. */
import { describe, expect, test } from 'vitest';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import { type Answer, deliver, plainEvent, plainRule, type Receiver } from '../fakes/deliveries.ts';
import { type FaultHook, failOnce } from '../fakes/faulty.ts';
import { senderOf } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';

const sender = senderOf('github');
const secret = sender.newSecret();
const rules = [{ ...plainRule, when: "$not(kind = 'other')" }];

async function send(world: World, body: unknown, source: Partial<SourceSettings>, hook?: FaultHook): Promise<Answer> {
  const settings = { proof: sender.proof, rules, split: 'events', unusable: 'refuse' as const, ...source };
  const to: Receiver = { sources: { shop: settings }, secrets: { shop: [secret] } };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return deliver(world, to, { body: text, headers: await sender.sign(text, secret, world.clock.now()) }, hook);
}

const events = ['ada', 'bob', 'cy'].map((name) => ({ ...plainEvent, id: name, holder: `${name}@example.com` }));
const holders = (world: World) =>
  world.store
    .all()
    .map((record) => ('holder' in record ? record.holder : ''))
    .sort();
const all = events.map(({ holder }) => holder);

describe('a delivery with several events', () => {
  test('becomes as many issuances, with one result each in the order of the delivery', async () => {
    const world = new World();
    const answer = await send(world, { events }, {});
    const id = (holder: string) =>
      world.store.all().find((record) => 'holder' in record && record.holder === holder)?.id;
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      results: all.map((holder) => ({ id: id(holder), status: 'queued', rule: 'as-it-is' })),
    });
    expect(new Set(world.queue.bodies).size).toBe(3);
    expect(answer.text).not.toContain('@');
  });

  test.each<[string, unknown, string]>([
    ['a list', events, '$'],
    ['a list in a list', { batches: events.map((event) => ({ event })) }, 'batches.event'],
    ['one event where a list is usual', { events: events[0] }, 'events'],
    [
      'events that take something from around them',
      { at: plainEvent.occurredAt, events },
      'events.$merge([$, {"occurredAt": $$.at}])',
    ],
    ['JSON in a string', { payload: JSON.stringify(events) }, '$json(payload)'],
  ])('may be %s', async (_, body, split) => {
    const world = new World();
    expect((await send(world, body, { split })).status).toBe(200);
    expect(holders(world)).toEqual(world.store.all().length === 1 ? all.slice(0, 1) : all);
  });

  test('of which no rule is for any, or which has none, is answered 200', async () => {
    const world = new World();
    const other = { ...plainEvent, kind: 'other' };
    expect(await send(world, { events: [other] }, {})).toMatchObject({
      status: 200,
      json: { ignored: true, results: [{ ignored: true }] },
    });
    for (const none of [[], null, undefined]) {
      const answer = await send(world, { events: none }, {});
      expect([answer.status, answer.json]).toEqual([200, { ignored: true, results: [] }]);
    }
    expect(world.log.of('event-ignored')).toHaveLength(4);
    expect(world.store.all()).toEqual([]);
  });

  test('of CloudEvents takes each out of its envelope', async () => {
    const world = new World();
    const batch = events.map(({ id, occurredAt, ...data }) => ({
      ...{ specversion: '1.0', id, source: 'shop', type: 'paid', time: occurredAt, data },
    }));
    const rule = { ...plainRule, occurredAt: undefined, idempotencyKey: '$event.id' };
    await send(world, batch, { split: '$', rules: [rule] });
    expect(holders(world)).toEqual(all);
  });
});

describe('fault 9: a repeated delivery', () => {
  test('gives every event once, also if its events arrive in another order or in other groups', async () => {
    const world = new World();
    await send(world, { events: events.slice(0, 2) }, {});
    const again = await send(world, { events: [...events].reverse() }, {});
    expect(again.json.results.map(({ replayed = false }) => replayed)).toEqual([false, true, true]);
    expect(holders(world)).toEqual(all);
  });

  test('knows two events with the same content as one, and two that differ in anything as two', async () => {
    const world = new World();
    const [first] = events;
    await send(world, { events: [first, first, { ...first, note: 1 }] }, {});
    expect(world.store.all()).toHaveLength(2);
  });
});

describe('fault 13: a delivery that fails in part', () => {
  test('is answered 503, and repeating it gives each event once', async () => {
    const world = new World();
    const hook = failOnce('queue.send', 'before', new Error('the queue is away'));
    const first = await send(world, { events }, {}, hook);
    expect(first).toMatchObject({ status: 503, json: { code: 'service-unavailable' } });
    expect(world.queue.bodies).toHaveLength(2);
    const again = await send(world, { events }, {}, hook);
    expect([again.status, again.json.results.length]).toEqual([200, 3]);
    expect(holders(world)).toEqual(all);
    expect(new Set(world.queue.bodies).size).toBe(3);
  });

  test('is never answered 2xx if one event is not stored', async () => {
    const world = new World();
    const failing = [events[0], { ...plainEvent, holder: undefined, claims: 7 }, events[2]];
    const hook = failOnce('store.create', 'before', new Error('the table is away'));
    expect((await send(world, { events: failing }, {}, hook)).status).toBe(503);
  });
});

describe('an event of a delivery that cannot be used', () => {
  const unusable = (bad: unknown) => ({ events: [events[0], bad, events[2]] });

  test.each<[string, unknown, string, string]>([
    ['a rule fails on it', { ...plainEvent, holder: undefined }, 'rule-failed', 'event 2 of 3: rule as-it-is: holder'],
    ['it is no object', 'text', 'request-invalid', 'event 2 of 3: the event must be an object'],
  ])('because %s does not stop the others', async (_, bad, code, detail) => {
    const world = new World();
    const answer = await send(world, unusable(bad), {});
    expect(answer).toMatchObject({ status: 422, json: { code } });
    expect(answer.json.detail).toContain(detail);
    expect(holders(world)).toEqual([all[0], all[2]]);
  });

  test.each<[string, unknown, string]>([
    ['fails', { events }, '$number(events)'],
    ['finds too many', { events: Array.from({ length: 501 }, (_, id) => ({ ...plainEvent, id })) }, 'events'],
  ])('because split %s: nothing is accepted', async (_, body, split) => {
    const world = new World();
    expect(await send(world, body, { split })).toMatchObject({ status: 422, json: { code: 'rule-failed' } });
    expect(world.store.all()).toEqual([]);
  });
});

test('500 events of more than 64 KB together are taken', async () => {
  const world = new World();
  const many = Array.from({ length: 500 }, (_, id) => ({ ...plainEvent, id, note: 'x'.repeat(1000) }));
  const answer = await send(world, { events: many }, {});
  expect([answer.status, answer.json.results.length]).toEqual([200, 500]);
  expect(world.store.all()).toHaveLength(500);
});
