/** Webhooks that their sender can never correct: acknowledged, kept for an operator, and replayed when the rule is corrected. */
import { describe, expect, test } from 'vitest';
import type { RuleSettings, SourceSettings } from '../../lib/sources/settings.ts';
import { replayUnusable } from '../../lib/sources/unusable/replay-unusable.ts';
import { type Answer, deliver, plainEvent, plainRule, type Receiver } from '../fakes/deliveries.ts';
import { type FaultHook, failOnce } from '../fakes/faulty.ts';
import { senderOf } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';

const sender = senderOf('github');
const secret = sender.newSecret();
const usual: SourceSettings = { proof: sender.proof, rules: [plainRule] };
const withRule = (rule: Partial<RuleSettings>) => ({ ...usual, rules: [{ ...plainRule, ...rule }] });
const broken = withRule({ holder: 'nobody' });

async function send(world: World, event: unknown, settings = usual, headers = {}, hook?: FaultHook): Promise<Answer> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const to: Receiver = { sources: { shop: settings }, secrets: { shop: [secret] } };
  const signed = await sender.sign(body, secret, world.clock.now());
  return deliver(world, to, { body, headers: { ...signed, ...headers } }, hook);
}

describe('fault 64: an event that its sender can never correct', () => {
  test.each<[string, unknown, SourceSettings, string]>([
    ['a rule fails', plainEvent, broken, 'rule-failed'],
    ['its claims are not valid', { ...plainEvent, claims: { wrong: 1 } }, usual, 'claims-invalid'],
    ['its holder is not valid', { ...plainEvent, holder: 'x' }, usual, 'holder-invalid'],
    ['its program does not exist', plainEvent, withRule({ program: "'unknown'" }), 'program-unknown'],
    ['it is not JSON', '{', usual, 'request-not-json'],
    ['it is a list', [plainEvent], usual, 'request-invalid'],
  ])('because %s is acknowledged, counted and kept', async (_, event, settings, code) => {
    const world = new World();
    const answer = await send(world, event, settings);
    expect([answer.status, answer.json]).toEqual([200, { ignored: true, code }]);
    expect(world.unusable.all()).toMatchObject([{ source: 'shop', code }]);
    expect(world.log.of('event-unusable')).toMatchObject([{ source: 'shop', code }]);
    expect(answer.text + JSON.stringify([world.log.entries, world.unusable.all()])).not.toMatch(/ada@|Gold/);
    expect(world.queue.bodies).toEqual([]);
  });

  test('because its key was used before with another payload is too, and the first is unchanged', async () => {
    const world = new World();
    const settings = withRule({ idempotencyKey: 'id' });
    await send(world, plainEvent, settings);
    const [first] = structuredClone(world.store.all());
    const answer = await send(world, { ...plainEvent, claims: { tier: 'Silver' } }, settings);
    expect(answer.json).toEqual({ ignored: true, code: 'idempotency-key-reused' });
    expect(world.store.all()).toEqual([first]);
  });

  test('is kept once, however often it is repeated', async () => {
    const world = new World();
    for (let n = 0; n < 3; n += 1) await send(world, plainEvent, broken);
    await send(world, { ...plainEvent, id: 'evt_2' }, broken);
    expect(world.unusable.all()).toHaveLength(2);
  });

  test('is refused by a source that is set to refuse it, and not kept', async () => {
    const world = new World();
    expect((await send(world, plainEvent, { ...broken, unusable: 'refuse' })).status).toBe(422);
    expect(world.unusable.all()).toEqual([]);
  });
});

describe('what is not acknowledged', () => {
  test('what a repeat can resolve', async () => {
    const world = new World();
    const away = failOnce('store.create', 'before', new Error('the table is away'));
    expect((await send(world, plainEvent, usual, {}, away)).status).toBe(503);
    const early = new Date(world.clock.now().getTime() + 600_000).toISOString();
    expect((await send(world, { ...plainEvent, occurredAt: early })).json.code).toBe('occurred-at-in-future');
    expect(world.unusable.all()).toEqual([]);
  });

  test('what is not proven', async () => {
    const world = new World();
    const answer = await send(world, plainEvent, broken, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` });
    expect([answer.status, world.unusable.all()]).toEqual([401, []]);
  });

  test('what could not be kept: the sender has to repeat it', async () => {
    const world = new World();
    const away = failOnce('unusable.keep', 'before', new Error('the table is away'));
    expect((await send(world, plainEvent, broken, {}, away)).status).toBe(503);
    expect((await send(world, plainEvent, broken, {}, away)).json).toEqual({ ignored: true, code: 'rule-failed' });
  });
});

describe('a delivery of several events, one of which is unusable', () => {
  const split = { ...usual, split: 'events' };
  const events = [plainEvent, { ...plainEvent, holder: 'x' }, { ...plainEvent, holder: 'bob@example.com' }];

  test('is acknowledged event by event, and kept as a whole', async () => {
    const world = new World();
    const answer = await send(world, { events }, split);
    expect([answer.status, answer.json.results.map((one: Answer['json']) => [one.ignored, one.code])]).toEqual([
      200,
      [
        [undefined, undefined],
        [true, 'holder-invalid'],
        [undefined, undefined],
      ],
    ]);
    const [kept] = world.unusable.all();
    expect(kept).toMatchObject({ code: 'holder-invalid', detail: expect.stringMatching(/^event 2 of 3: /) });
    const corrected = withRule({ holder: "holder = 'x' ? 'cy@example.com' : holder" });
    const replayed = await replayUnusable(kept?.id ?? '', { ...corrected, split: 'events' }, world.ports());
    expect(replayed).toMatchObject({ outcome: 'replayed', issuances: { length: 3 } });
    expect(world.store.all()).toHaveLength(3);
  });
});

describe('a replay', () => {
  test('with the corrected rule issues it, and removes it', async () => {
    const world = new World();
    await send(world, plainEvent, broken);
    const [{ id } = { id: '' }] = world.unusable.all();
    expect(await replayUnusable(id, broken, world.ports())).toMatchObject({ outcome: 'refused', code: 'rule-failed' });
    expect(world.unusable.all()).toHaveLength(1);
    const [issuance] = [await replayUnusable(id, usual, world.ports())];
    expect(issuance).toEqual({ outcome: 'replayed', issuances: [world.store.all()[0]?.id] });
    expect(world.unusable.all()).toEqual([]);
    expect(await replayUnusable(id, usual, world.ports())).toEqual({ outcome: 'gone' });
    // The sender repeats it after all.
    expect((await send(world, plainEvent)).headers['idempotent-replayed']).toBe('true');
    expect(world.store.all()).toHaveLength(1);
  });

  test('that is interrupted is repeated, and issues it once', async () => {
    const world = new World();
    await send(world, plainEvent, broken);
    const [{ id } = { id: '' }] = world.unusable.all();
    const interrupted = world.ports(failOnce('unusable.drop', 'before', new Error('interrupted')));
    await expect(replayUnusable(id, usual, interrupted)).rejects.toThrow('interrupted');
    expect(await replayUnusable(id, usual, world.ports())).toMatchObject({ outcome: 'replayed' });
    expect(world.store.all()).toHaveLength(1);
  });

  test('has the headers that rules read, and none that carry a proof', async () => {
    const world = new World();
    const headers = { 'x-topic': 'paid', authorization: 'Bearer marker', cookie: 'marker' };
    await send(world, plainEvent, broken, headers);
    const [{ id } = { id: '' }] = world.unusable.all();
    const kept = (await world.unusable.get(id))?.payload?.headers;
    expect(kept).toEqual({ 'content-type': 'application/json', 'x-topic': 'paid' });
    expect(await replayUnusable(id, withRule({ when: "$headers.`x-topic` = 'paid'" }), world.ports())).toMatchObject({
      outcome: 'replayed',
    });
  });
});

test('reconcile deletes what nobody has replayed when its retention is over', async () => {
  const world = new World();
  await send(world, plainEvent, broken);
  const { reconcile } = await import('../../lib/operate/reconcile/reconcile.ts');
  const run = () => reconcile(new Date(world.clock.now().getTime() + 60_000), world.ports());
  world.clock.advance(14 * 24 * 3600_000 - 60_000);
  await run();
  expect(world.unusable.all()).toHaveLength(1);
  world.clock.advance(120_000);
  await run();
  expect(world.unusable.all()).toEqual([]);
});
