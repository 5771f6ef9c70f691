/** Accept: durable before it is answered, the same event always the same issuance, a bad one leaves no trace. */
import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import type { NamedRequest } from '../../../lib/issuance/identity.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { failOnce } from '../../fakes/faulty.ts';
import { turned } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: { code?: string; kind?: string }) => error,
  );

describe('an accepted event', () => {
  test('is stored as queued, raises its slot and has a message', async () => {
    const world = new World();
    const { issuance, replay } = await accept(world.request(), world.ports());
    expect(replay).toBe(false);
    expect(issuance.id).toMatch(/^iss_[\w-]{27}$/);
    expect(await world.store.get(issuance.id)).toEqual(issuance);
    expect(issuance).toMatchObject({ status: 'queued', sequence: 1, holder: 'ada@example.com' });
    expect(await world.slots.get(issuance.slot)).toMatchObject({ newest: issuance.rank });
    expect(issuance.history).toEqual([{ at: issuance.acceptedAt, status: 'queued' }]);
    expect(world.queue.bodies).toEqual([JSON.stringify({ v: 1, id: issuance.id })]);
    const { id, program, source } = issuance;
    expect(world.log.entries).toEqual([{ event: 'issuance-accepted', id, program, source, replay: false }]);
  });

  test('is named by source and key, and by nothing that could be read from the name', async () => {
    const world = new World();
    const id = async (changes: Partial<NamedRequest>) =>
      (await accept(world.request(changes), world.ports())).issuance.id;
    const first = await id({});
    const others = await Promise.all([id({ source: 'bank' }), id({ idempotencyKey: 'event-2' })]);
    expect(new Set([first, ...others]).size).toBe(3);
    expect(JSON.stringify(await world.store.get(first))).not.toContain('event-1');
  });

  test('shares the slot of its program and holder, however the holder is written, and no other', async () => {
    const world = new World();
    const slot = async (changes: Partial<NamedRequest>, idempotencyKey: string) =>
      (await accept(world.request({ ...changes, idempotencyKey }), world.ports())).issuance.slot;
    const first = await slot({}, 'a');
    expect(await slot({ holder: 'ADA@Example.com', claims: {} }, 'b')).toBe(first);
    expect(await slot({ holder: 'eve@example.com' }, 'c')).not.toBe(first);
    expect(await slot({ program: 'program-b' }, 'd')).not.toBe(first);
    expect(first).not.toContain('ada');
  });

  test('fault 14: that is older than what the slot has seen leaves the slot as it is', async () => {
    const world = new World();
    const { issuance } = await accept(world.request(), world.ports());
    await accept(world.request({ idempotencyKey: 'old', occurredAt: '2026-11-01T00:00:00.000Z' }), world.ports());
    expect((await world.slots.get(issuance.slot))?.newest).toBe(issuance.rank);
  });
});

describe('the same event again', () => {
  test('gives the first answer and changes nothing', async () => {
    const world = new World();
    const first = await accept(world.request(), world.ports());
    world.clock.advance(60_000);
    const again = await accept(world.request({ occurredAt: first.issuance.occurredAt }), world.ports());
    expect(again).toEqual({ issuance: first.issuance, replay: true });
    expect(world.store.all()).toEqual([first.issuance]);
    expect(world.log.of('issuance-accepted').map(({ replay }) => replay)).toEqual([false, true]);
  });

  test('counts as the same however members are ordered and the holder is written', async () => {
    const world = new World();
    await accept(world.request({ claims: { a: 1, b: { c: 2, d: 3 } } }), world.ports());
    const reordered = world.request({ holder: 'Ada@example.com', claims: { b: { d: 3, c: 2 }, a: 1 } });
    expect((await accept(reordered, world.ports())).replay).toBe(true);
  });

  test('sends no message once a worker has touched it', async () => {
    const world = new World();
    const { issuance } = await accept(world.request(), world.ports());
    world.store.put(turned(issuance, 'submitting', { sequence: 2 }));
    await accept(world.request(), world.ports());
    expect(world.queue.bodies).toHaveLength(1);
  });

  test.each<[string, Partial<NamedRequest>]>([
    ['claims', { claims: { tier: 'Silver' } }],
    ['holder', { holder: 'eve@example.com' }],
    ['program', { program: 'program-b' }],
    ['time', { occurredAt: '2026-11-22T08:00:00.000Z' }],
  ])('fault 12: with other %s is refused and leaves the first untouched', async (_what, changes) => {
    const world = new World();
    const { issuance } = await accept(world.request(), world.ports());
    const refusal = await refusalOf(accept(world.request(changes), world.ports()));
    expect(refusal).toMatchObject({ code: 'idempotency-key-reused', kind: 'invalid' });
    expect(world.store.all()).toEqual([issuance]);
    expect(world.slots.all()).toHaveLength(1);
    expect(world.queue.bodies).toHaveLength(1);
  });
});

describe('what is refused leaves nothing behind', () => {
  test.each<[string, Partial<NamedRequest>]>([
    ['program-unknown', { program: 'nothing' }],
    ['holder-invalid', { holder: 'nobody' }],
    ['claims-invalid', { claims: { wrong: true } }],
  ])('%s', async (code, changes) => {
    const world = new World();
    const calls: string[] = [];
    const ports = world.ports(({ call }) => void calls.push(call));
    expect(await refusalOf(accept(world.request(changes), ports))).toMatchObject({ code });
    expect(calls).toEqual([]);
  });
});

describe('a failure on the way', () => {
  const points = ['pseudonyms.of', 'store.create', 'slots.raise', 'queue.send'].flatMap((call) =>
    (['before', 'after'] as const).map((when) => [call, when] as const),
  );

  test.each(points)('fault 13: %s fails (%s): not accepted, and the repeat is safe', async (call, when) => {
    const world = new World();
    const ports = world.ports(failOnce(call, when, new Error('throttled')));
    const refusal = await refusalOf(accept(world.request(), ports));
    expect(refusal).toMatchObject({ code: 'service-unavailable' });
    const { issuance } = await accept(world.request(), ports);
    expect(world.store.all()).toEqual([issuance]);
    expect((await world.slots.get(issuance.slot))?.newest).toBe(issuance.rank);
    expect(world.queue.bodies).toContain(JSON.stringify({ v: 1, id: issuance.id }));
  });

  test('fault 13: the log never says accepted before the message is sent', async () => {
    const world = new World();
    await refusalOf(accept(world.request(), world.ports(failOnce('queue.send', 'before', new Error('down')))));
    expect(world.log.of('issuance-accepted')).toEqual([]);
  });

  test('fault 26: a secret that cannot be read is an internal error, not the caller’s', async () => {
    const world = new World();
    const down = failOnce('pseudonyms.of', 'before', new IssuanceError('secret-unavailable'));
    expect(await refusalOf(accept(world.request(), world.ports(down)))).toMatchObject({ code: 'service-unavailable' });
  });
});
