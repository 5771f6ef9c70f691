/** Bodies as senders write them: large, form-encoded, with a byte order mark. */
import { describe, expect, test } from 'vitest';
import type { RuleSettings } from '../../lib/sources/settings.ts';
import { deliver, plainEvent, plainRule, sourceWith } from '../fakes/deliveries.ts';
import { senderOf } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';

const sender = senderOf('github');
const secret = sender.newSecret();
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function send(
  world: World,
  body: string,
  headers: object = {},
  rule: Partial<RuleSettings> = {},
  split?: string,
) {
  const settings = { ...sourceWith(sender.proof, [{ ...plainRule, ...rule }]), split };
  const signed = await sender.sign(body, secret, world.clock.now());
  const to = { sources: { shop: settings }, secrets: { shop: [secret] } };
  return deliver(world, to, { body, headers: { ...headers, ...signed } });
}

describe('a large event', () => {
  /** An order of so many lines, each of about 1.4 KB, like those of a shop. */
  const order = (lines: number) => ({
    ...plainEvent,
    line_items: Array.from({ length: lines }, (_, id) => ({
      id,
      title: `Item ${id}`,
      properties: Array.from({ length: 10 }, (_each, n) => ({ name: `p${n}`, value: 'x'.repeat(100) })),
    })),
  });

  test.each([60, 700])('of %i lines is taken; what is kept is what its rule takes from it', async (lines) => {
    const world = new World();
    const body = JSON.stringify(order(lines));
    expect(body.length).toBeGreaterThan(64 * 1024);
    const claims = '{ "tier": $string($count(line_items)) & line_items[-1].title & line_items[0].properties[0].name }';
    expect((await send(world, body, {}, { claims, when: '$exists(line_items.properties)' })).status).toBe(202);
    expect(world.store.all()).toMatchObject([{ claims: { tier: `${lines}Item ${lines - 1}p0` } }]);
    expect(JSON.stringify(world.store.all()).length).toBeLessThan(2000);
  });

  test('of which a rule wants to keep too much is refused', async () => {
    const answer = await send(new World(), JSON.stringify(order(700)), {}, { claims: '{ "lines": line_items }' });
    expect(answer).toMatchObject({ status: 422, json: { code: 'rule-failed' } });
    expect(answer.json.detail).toMatch(/too (large|much)/);
  });
});

describe('a form', () => {
  test('is read after the proof of its bytes', async () => {
    const world = new World();
    const body = `holder=ada%40example.com&tier=Gold+1&at=${encodeURIComponent(plainEvent.occurredAt)}&list=a&list=b`;
    const rule = { claims: '{ "tier": tier, "list": list }', occurredAt: 'at' };
    expect((await send(world, body, form, rule)).status).toBe(202);
    expect(world.store.all()).toMatchObject([
      { holder: 'ada@example.com', claims: { tier: 'Gold 1', list: ['a', 'b'] } },
    ]);
  });

  test('with the event as JSON in one field is split into it', async () => {
    const world = new World();
    const body = new URLSearchParams({ payload: JSON.stringify(plainEvent) }).toString();
    expect((await send(world, body, form, {}, '$json(payload)')).status).toBe(200);
    expect(world.store.all()).toMatchObject([{ holder: 'ada@example.com', claims: { tier: 'Gold' } }]);
  });

  test('without the field is ignored: a sender’s first ping, for example', async () => {
    const answer = await send(new World(), 'webhook_id=1', form, {}, '$json(payload)');
    expect([answer.status, answer.json]).toEqual([200, { ignored: true, results: [] }]);
  });

  test.each(['__proto__=1', 'constructor=1', 'a=1&__proto__=2&__proto__=3'])(
    'fault 32: %s is refused',
    async (body) => {
      expect((await send(new World(), body, form)).json.code).toBe('request-invalid');
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  test.each(['{', '{"__proto__":{"polluted":1}}', '['.repeat(50_000)])(
    'with %.20s… as JSON in it is refused',
    async (text) => {
      const body = new URLSearchParams({ payload: text }).toString();
      const answer = await send(new World(), body, form, {}, '$json(payload)');
      expect(answer).toMatchObject({ status: 422, json: { code: 'rule-failed' } });
      expect(answer.json.detail).toContain('a string is not JSON');
    },
  );
});

test('a byte order mark is signed with the body, and is no part of the JSON', async () => {
  const world = new World();
  expect((await send(world, `\uFEFF${JSON.stringify(plainEvent)}`)).status).toBe(202);
  expect(world.store.all()).toHaveLength(1);
});

test('a CloudEvent without time needs a rule that names the time, and says so', async () => {
  const cloudEvent = { specversion: '1.0', id: '1', source: 'shop', type: 'paid', data: plainEvent };
  const refused = await send(new World(), JSON.stringify(cloudEvent), {}, { occurredAt: undefined });
  expect(refused.json.detail).toContain('the event’s envelope has no time: add occurredAt to the rule');
  expect((await send(new World(), JSON.stringify(cloudEvent))).status).toBe(202);
});
