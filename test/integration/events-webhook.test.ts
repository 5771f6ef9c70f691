/** `POST /v1/events/{source}`: what becomes of a webhook, from its bytes to the queue. */
import { describe, expect, test } from 'vitest';
import type { RuleSettings } from '../../lib/sources/settings.ts';
import { type Answer, deliver, plainEvent, plainRule, sourceWith, type Webhook } from '../fakes/deliveries.ts';
import { failOnce } from '../fakes/faulty.ts';
import { senderOf } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';

const sender = senderOf('github');
const secret = sender.newSecret();

/** Signed as the source signs. */
async function webhook(event: unknown, changes: Partial<Webhook> = {}): Promise<Webhook> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return { headers: await sender.sign(body, secret, new Date()), body, ...changes };
}

async function send(world: World, event: unknown, rules?: RuleSettings[]): Promise<Answer> {
  const receiver = { sources: { shop: sourceWith(sender.proof, rules) }, secrets: { shop: [secret] } };
  return deliver(world, receiver, await webhook(event));
}

const withClaims = (claims: string): RuleSettings[] => [{ ...plainRule, claims }];

describe('an event that a rule is for', () => {
  test('becomes an issuance of the source; the answer names the rule and repeats nothing', async () => {
    const world = new World();
    const answer = await send(world, plainEvent);
    const [issuance] = world.store.all();
    expect(answer).toMatchObject({ status: 202, json: { id: issuance?.id, rule: 'as-it-is', status: 'queued' } });
    expect(answer.text).not.toMatch(/ada|Gold/);
    expect(issuance).toMatchObject({ source: 'shop', holder: 'ada@example.com', claims: { tier: 'Gold' } });
    expect(world.log.of('event-mapped')).toEqual([
      { event: 'event-mapped', id: issuance?.id, source: 'shop', rule: 'as-it-is' },
    ]);
  });

  test('fault 9: repeated gives the first answer again, and nothing new', async () => {
    const world = new World();
    const first = await send(world, plainEvent);
    const again = await send(world, plainEvent);
    expect([again.status, again.json]).toEqual([202, first.json]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(world.store.all()).toHaveLength(1);
  });

  test('fault 9: a copy with another unsigned delivery id is the same event', async () => {
    const world = new World();
    const receiver = { sources: { shop: sourceWith(sender.proof) }, secrets: { shop: [secret] } };
    const original = await webhook(plainEvent);
    for (const id of ['a', 'b', 'c']) {
      const headers = { ...original.headers, 'x-github-delivery': id, 'idempotency-key': id };
      expect((await deliver(world, receiver, { ...original, headers })).status).toBe(202);
    }
    expect(world.store.all()).toHaveLength(1);
  });

  test('fault 12: the same key with another payload is refused and leaves the first untouched', async () => {
    const world = new World();
    const rules = [{ ...plainRule, idempotencyKey: 'id' }];
    await send(world, plainEvent, rules);
    const [first] = structuredClone(world.store.all());
    const answer = await send(world, { ...plainEvent, claims: { tier: 'Silver' } }, rules);
    expect(answer).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
    expect(world.store.all()).toEqual([first]);
  });

  test('fault 13: when the queue refuses, the sender hears 503 and may repeat', async () => {
    const world = new World();
    const receiver = { sources: { shop: sourceWith(sender.proof) }, secrets: { shop: [secret] } };
    const refusesOnce = failOnce('queue.send', 'before', new Error('the queue is away'));
    const first = await deliver(world, receiver, await webhook(plainEvent), refusesOnce);
    const again = await deliver(world, receiver, await webhook(plainEvent), refusesOnce);
    expect(first).toMatchObject({ status: 503, json: { code: 'service-unavailable' } });
    expect(again.status).toBe(202);
    expect([world.store.all().length, world.queue.bodies.length]).toEqual([1, 1]);
  });
});

describe('an event that no rule is for', () => {
  test('is answered 200 and counted, so that its sender does not repeat it for days', async () => {
    const world = new World();
    const answer = await send(world, plainEvent, [{ ...plainRule, when: "type = 'other'" }]);
    expect([answer.status, answer.json]).toEqual([200, { ignored: true }]);
    expect(world.queue.bodies).toEqual([]);
    expect(world.log.entries).toEqual([{ event: 'event-ignored', source: 'shop' }]);
  });

  test('the first rule that matches wins', async () => {
    const rules = ['no', 'yes', 'later'].map((name) => ({ ...plainRule, name, when: `'${name}' != 'no'` }));
    expect((await send(new World(), plainEvent, rules)).json.rule).toBe('yes');
  });
});

describe('a rule that fails', () => {
  test.each<[string, Partial<RuleSettings>, string]>([
    ['finds no holder', { holder: 'nobody' }, 'rule as-it-is: holder finds nothing in the event'],
    ['finds no time', { occurredAt: 'never' }, 'rule as-it-is: occurredAt finds nothing'],
    [
      'is told no time',
      { occurredAt: undefined },
      'rule as-it-is: occurredAt is not set, and the event’s envelope has no time',
    ],
    // On a busy machine the time is used up before the work is.
    ['loops', { claims: '($f := function($n){ $f($n + 1) }; $f(0))' }, 'rule as-it-is: claims: it '],
    ['gives no boolean', { when: 'holder' }, 'rule as-it-is: when must give true or false'],
    ['gives a key that is not a string', { idempotencyKey: '7' }, 'rule as-it-is: idempotencyKey must be a string'],
    ['raises an error with a value', { claims: '$error(holder)' }, 'rule as-it-is: claims: it called $error'],
  ])('because it %s answers 422 with its name and the reason, and nothing of the event', async (_, changes, detail) => {
    const world = new World();
    const answer = await send(world, plainEvent, [{ ...plainRule, ...changes } as RuleSettings]);
    expect(answer).toMatchObject({ status: 422, json: { code: 'rule-failed' } });
    expect(answer.json.detail).toContain(detail);
    expect(answer.text + JSON.stringify(world.log.entries)).not.toMatch(/ada@|Gold/);
    expect(world.queue.bodies).toEqual([]);
    expect(world.log.of('rule-failed')).toHaveLength(1);
    expect(world.log.of('unexpected-error')).toEqual([]);
  });

  test('fault 33: only that event fails; the next one passes', async () => {
    const world = new World();
    const rules = withClaims('loop ? ($f := function($n){ $f($n + 1) }; $f(0)) : claims');
    expect((await send(world, { ...plainEvent, loop: true }, rules)).status).toBe(422);
    expect((await send(world, plainEvent, rules)).status).toBe(202);
  });
});

describe('fault 30: what is too large or too deep', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]));

  test.each<[string, unknown, number, string]>([
    ['1 MiB and more', { ...plainEvent, x: 'x'.repeat(1_048_576) }, 413, 'request-too-large'],
    ['64 KB of claims', { ...plainEvent, claims: { tier: 'x'.repeat(65_536) } }, 422, 'rule-failed'],
    ['33 levels', { ...plainEvent, x: deep(33) }, 422, 'request-invalid'],
    ['20,000 levels', `{"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 422, 'request-too-deep'],
    ['100,000 keys', { ...plainEvent, ...wide }, 413, 'request-too-large'],
    ['100,001 values', { ...plainEvent, x: Array(100_001).fill(1) }, 422, 'request-invalid'],
    ['17 levels of claims', { ...plainEvent, claims: deep(17) }, 422, 'rule-failed'],
    ['1,001 claims', { ...plainEvent, claims: { x: Array(1001).fill(1) } }, 422, 'request-too-deep'],
    ['a list', [plainEvent], 422, 'request-invalid'],
    ['half an event', '{"a":', 400, 'request-not-json'],
    ['no event', ' ', 400, 'request-not-json'],
  ])('%s is refused before anything is queued', async (_, event, status, code) => {
    const world = new World();
    expect(await send(world, event)).toMatchObject({ status, json: { code } });
    expect(world.queue.bodies).toEqual([]);
  });
});

describe('what a rule maps is checked like a request', () => {
  test.each(['not an address', 'a'.repeat(321)])('fault 31: the holder %s is 422', async (holder) => {
    const answer = await send(new World(), { ...plainEvent, holder });
    expect(answer.status).toBe(422);
    expect(answer.json.detail).toContain('rule as-it-is');
    expect(answer.text).not.toContain(holder);
  });

  test.each(['__proto__', 'constructor', 'prototype'])(
    'fault 32: %s in the payload or the claims is refused',
    async (name) => {
      const body = JSON.stringify(plainEvent).replace('{"tier"', `{"${name}":{"polluted":1},"tier"`);
      expect((await send(new World(), body)).json.code).toBe('request-invalid');
      const mapped = await send(new World(), { ...plainEvent, n: name }, withClaims('{ n: {"polluted": 1} }'));
      expect(mapped.status).toBe(422);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  test.each(['1e400', '-1e400', '9007199254740993'])(
    'fault 35: %s comes as the text it was written in, for the schema to decide',
    async (number) => {
      const world = new World();
      await send(world, JSON.stringify(plainEvent).replace('"Gold"', number));
      expect(world.store.all()).toMatchObject([{ claims: { tier: number } }]);
    },
  );

  test.each([
    '2026-02-30T08:00:00Z',
    '+010000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    'today',
    '2026-11-22T08:00:00',
  ])('fault 35: %s is no time', async (occurredAt) => {
    expect((await send(new World(), { ...plainEvent, occurredAt })).status).toBe(422);
  });

  test('claims the program does not take are 422 with the rule’s name', async () => {
    const answer = await send(new World(), { ...plainEvent, claims: { wrong: 'marker' } });
    expect(answer.json).toMatchObject({ code: 'claims-invalid', detail: 'rule as-it-is: /wrong must not be there' });
  });

  test('fault 34: nothing of a hostile event reaches log or answer', async () => {
    const world = new World();
    const hostile = `\r\n\u001b[31m{"level":"ERROR"} marker-${'x'.repeat(30_000)}`;
    const answers = [
      await send(world, { ...plainEvent, holder: hostile }),
      await send(world, { ...plainEvent, occurredAt: hostile }),
      await send(world, { ...plainEvent, claims: { [hostile]: hostile } }, withClaims('$number(claims)')),
      await send(world, { ...plainEvent, id: hostile }, [{ ...plainRule, idempotencyKey: 'id' }]),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 400]);
    expect(answers.map(({ text }) => text).join() + JSON.stringify(world.log.entries)).not.toMatch(/marker|\[31m/);
  });
});
