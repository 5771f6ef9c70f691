/** The worker looks up a holder, and the issuance then competes for the holder's slot by the time of its event. */
import { beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { slotOf } from '../../../lib/issuance/identity.ts';
import { type IssuanceId, issuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { viewOf } from '../../../lib/issuance/view.ts';
import { erase } from '../../../lib/operate/erase.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { retry } from '../../../lib/operate/retry.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { dieAt, type FaultHook } from '../../fakes/faulty.ts';
import { turned } from '../../fakes/issuance-in.ts';
import { keyedPseudonyms } from '../../fakes/keyed-pseudonyms.ts';
import { SingleProgram } from '../../fakes/single-program.ts';
import { hour, World } from '../../fakes/world.ts';

let world: World;

beforeEach(() => {
  world = new World();
  world.directory.holders.set('customer-7', 'Ada@example.com');
});

interface Sent {
  idempotencyKey?: string;
  occurredAt?: string;
  lookup?: string;
}

async function accepted({ lookup = 'customer-7', ...changes }: Sent = {}, ports = world.ports()) {
  const { holder: _holder, ...request } = world.request(changes);
  return (await accept({ ...request, lookup }, ports)).issuance;
}

const work = (id: IssuanceId, tries = 1, hook?: FaultHook) => submit(id, tries, world.ports(hook));
const stored = (id: IssuanceId) => world.store.get(id);
const unavailable = (options = {}) => new IssuanceError('lookup-unavailable', options);
const minutesAgo = (minutes: number) => new Date(world.clock.now().getTime() - minutes * 60_000).toISOString();

/** The slot of the one holder whom the directory knows. */
async function adasSlot() {
  const program = world.ports().programs.find('program-a');
  if (program === undefined) throw new Error('There is no such program');
  return slotOf({ holder: 'ada@example.com', claims: {} }, program, keyedPseudonyms);
}

describe('an event without a holder', () => {
  test('is stored, queued and shown before its directory is asked', async () => {
    const { id } = await accepted();
    expect(await stored(id)).toMatchObject({ status: 'queued', lookup: 'customer-7', claims: { tier: 'Gold' } });
    expect(await stored(id)).not.toHaveProperty('holder');
    expect(world.queue.bodies).toEqual([expect.stringContaining(id)]);
    expect(JSON.stringify(viewOf(await accepted()))).not.toContain('customer-7');
    const { issuances } = await world.store.list({ status: 'queued', limit: 10 });
    expect(issuances).toHaveLength(1);
    expect(world.directory.asked).toEqual([]);
  });

  test('is one issuance however often it is sent, and refused with another key of the directory', async () => {
    const { id } = await accepted();
    await work(id);
    expect((await accepted()).id).toBe(id);
    await expect(accepted({ lookup: 'customer-8' })).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });

  test('is submitted for the holder that the directory names, in the holder’s slot', async () => {
    const { id, source } = await accepted();
    expect(await work(id)).toEqual({ end: 'done', poll: true });
    expect(world.directory.asked).toEqual([{ source, key: 'customer-7' }]);
    expect(world.provider.submitted).toMatchObject([{ issuanceId: id, holder: 'ada@example.com' }]);
    expect(await stored(id)).toMatchObject({ status: 'submitted', slot: await adasSlot() });
    expect(await stored(id)).not.toHaveProperty('lookup');
    expect(world.log.of('holder-looked-up')).toEqual([{ event: 'holder-looked-up', id, program: 'program-a', source }]);
  });

  test('competes with events that name the holder: the time of the event decides', async () => {
    const older = await accepted({ idempotencyKey: 'older', occurredAt: minutesAgo(30) });
    const newer = (await accept(world.request({ idempotencyKey: 'newer', occurredAt: minutesAgo(5) }), world.ports()))
      .issuance;
    await work(newer.id);
    expect(await work(older.id)).toEqual({ end: 'done', poll: false });
    expect(await stored(older.id)).toMatchObject({ status: 'superseded', reason: { code: 'overtaken' } });
    expect(world.provider.submitted).toHaveLength(1);
  });

  test('overtakes older events of the holder once it is looked up', async () => {
    const older = (await accept(world.request({ idempotencyKey: 'older', occurredAt: minutesAgo(30) }), world.ports()))
      .issuance;
    const newer = await accepted({ idempotencyKey: 'newer', occurredAt: minutesAgo(5) });
    await work(newer.id);
    expect(await work(older.id)).toEqual({ end: 'done', poll: false });
    expect(await stored(older.id)).toMatchObject({ status: 'superseded' });
  });

  test('is looked up at once and submitted only after coalesceSeconds', async () => {
    const programs = new SingleProgram(world.provider, [], 120);
    const ports = { ...world.ports(), programs };
    const { id, rank } = await accepted({}, ports);
    expect(world.queue.receive()).toHaveLength(1);
    expect(await submit(id, 1, ports)).toEqual({ end: 'again', delaySeconds: 120 });
    expect((await world.slots.get(await adasSlot()))?.newest).toBe(rank);
    expect(world.provider.submitted).toEqual([]);
    world.clock.advance(120_000);
    expect(await submit(id, 2, ports)).toEqual({ end: 'done', poll: true });
  });
});

describe('a look-up that fails', () => {
  test('is repeated, and then succeeds', async () => {
    const { id } = await accepted();
    world.directory.failures.push(unavailable({ detail: 'HTTP 503', retryAfterSeconds: 20 }));
    expect(await work(id)).toMatchObject({ end: 'again', delaySeconds: 21 });
    expect(await stored(id)).toMatchObject({
      status: 'queued',
      reason: { code: 'lookup-unavailable', detail: 'HTTP 503' },
    });
    expect(world.log.of('submission-delayed')).toMatchObject([
      { id, code: 'lookup-unavailable', waits: 'on the queue' },
    ]);
    expect(await work(id, 2)).toEqual({ end: 'done', poll: true });
    expect(await stored(id)).not.toHaveProperty('reason');
  });

  test('waits in the table after ten messages', async () => {
    const { id } = await accepted();
    world.directory.failures.push(unavailable());
    expect(await work(id, 10)).toEqual({ end: 'done', poll: false });
    expect(await stored(id)).toMatchObject({ status: 'queued', waiting: true, lookup: 'customer-7' });
    expect(await work(id)).toEqual({ end: 'done', poll: true });
    expect(await stored(id)).not.toHaveProperty('waiting');
  });

  test('ends after retryHours', async () => {
    const { id } = await accepted();
    world.clock.advance(72 * hour + 1000);
    world.directory.failures.push(unavailable());
    expect(await work(id, 9)).toEqual({ end: 'done', poll: false });
    expect(await stored(id)).toMatchObject({
      status: 'failed',
      reason: { code: 'retries-exhausted', detail: 'lookup-unavailable' },
    });
    expect(world.announcer.events).toMatchObject([{ id, status: 'failed' }]);
  });

  test('says that there is no such holder: the event ends at once, and an operator can have it looked up again', async () => {
    const { id } = await accepted({ lookup: 'nobody' });
    expect(await work(id)).toEqual({ end: 'done', poll: false });
    const ended = await stored(id);
    expect(ended).toMatchObject({ status: 'failed', reason: { code: 'holder-not-found' }, lookup: 'nobody' });
    expect(world.announcer.events).toMatchObject([{ id, reason: { code: 'holder-not-found' } }]);
    world.directory.holders.set('nobody', 'grace@example.com');
    if (ended === undefined) throw new Error('It is gone');
    expect(await retry(ended, world.ports())).toMatchObject({ status: 'queued', lookup: 'nobody' });
    expect(await work(id)).toEqual({ end: 'done', poll: true });
    expect(world.provider.submitted).toMatchObject([{ holder: 'grace@example.com' }]);
  });

  test('names someone whom the provider cannot know', async () => {
    world.directory.holders.set('customer-7', 'no address');
    const { id } = await accepted();
    await work(id);
    const reason = { code: 'holder-unusable', detail: 'it must have one @' };
    expect(await stored(id)).toMatchObject({ status: 'failed', reason });
  });

  test('for a program that was removed waits for it', async () => {
    const { id } = await accepted();
    const programs = { find: () => undefined, provider: () => world.provider };
    await submit(id, 1, { ...world.ports(), programs });
    expect(await stored(id)).toMatchObject({ status: 'queued', reason: { code: 'program-removed' } });
    expect(world.directory.asked).toEqual([]);
  });
});

describe('reconcile', () => {
  const run = () => reconcile(new Date(world.clock.now().getTime() + 60_000), world.ports());

  test('sends the message of a look-up that was lost again', async () => {
    const { id } = await accepted();
    for (const message of world.queue.receive()) world.queue.delete(message);
    world.clock.advance(121_000);
    await run();
    expect(world.queue.bodies).toEqual([expect.stringContaining(id)]);
  });

  test('releases look-ups that wait in the table', async () => {
    const { id } = await accepted();
    for (const message of world.queue.receive()) world.queue.delete(message);
    world.directory.failures.push(unavailable());
    await work(id, 10);
    world.clock.advance(901_000);
    await run();
    expect(world.queue.bodies).toEqual([expect.stringContaining(id)]);
    expect(await stored(id)).not.toHaveProperty('waiting');
  });

  test('deletes the key and the claims of a failed look-up after the retention', async () => {
    const { id } = await accepted({ lookup: 'nobody' });
    await work(id);
    world.clock.advance(14 * 24 * hour + 1000);
    await run();
    const record = await stored(id);
    expect(record).toMatchObject({ status: 'failed', reason: { code: 'holder-not-found' } });
    for (const name of ['lookup', 'claims', 'holder']) expect(record).not.toHaveProperty(name);
    if (record === undefined) throw new Error('It is gone');
    await expect(retry(record, world.ports())).rejects.toMatchObject({ code: 'personal-data-gone' });
  });
});

describe('a worker that crashes', () => {
  const calls = ['directories.find', 'store.replace', 'slots.raise', 'slots.acquire'] as const;
  test.each(calls.flatMap((call) => [{ call, when: 'before' } as const, { call, when: 'after' } as const]))(
    '$when $call: the next one continues, with one credential in the one slot',
    async ({ call, when }) => {
      const { id, rank } = await accepted();
      await expect(work(id, 1, dieAt(call, when))).rejects.toThrow();
      world.clock.advance(200_000);
      expect(await work(id, 2)).toEqual({ end: 'done', poll: true });
      expect(world.provider.submitted.map(({ holder }) => holder)).toEqual(['ada@example.com']);
      expect((await world.slots.get(await adasSlot()))?.newest).toBe(rank);
    },
  );

  test('between the look-up and the record leaves no rank with a holder whom the directory names no more', async () => {
    const { id } = await accepted();
    await expect(work(id, 1, dieAt('store.replace', 'before'))).rejects.toThrow();
    world.directory.holders.set('customer-7', 'grace@example.com');
    await work(id, 2);
    expect(await world.slots.get(await adasSlot())).toBeUndefined();
    expect(world.provider.submitted).toMatchObject([{ holder: 'grace@example.com' }]);
  });

  test('and another that looks up at the same time: one of them writes', async () => {
    const { id } = await accepted();
    const ends = await Promise.all([work(id), work(id)]);
    expect(ends).toContainEqual({ end: 'done', poll: true });
    expect(world.provider.submitted).toHaveLength(1);
  });
});

describe('an erasure', () => {
  const run = (holder: string) => erase(holder, { dryRun: false, hear: () => undefined }, world.ports());

  test('of the holder finds an issuance that was looked up, while it waits and after it has ended', async () => {
    const { id } = await accepted();
    await work(id);
    const record = await stored(id);
    if (record === undefined) throw new Error('It is gone');
    world.store.put(turned(record, 'confirmed', { receipt: { reference: 'receipt-1' } }));
    expect(await run('Ada@example.com')).toMatchObject({ credentials: 1, slots: 1 });
    expect(JSON.stringify(await stored(id))).not.toMatch(/ada|customer-7/i);
  });

  test('by the key of the directory ends an issuance whose holder is not known yet', async () => {
    const { id } = await accepted();
    expect(await run('customer-7')).toMatchObject({ erased: 1, ended: 1 });
    expect(await stored(id)).toMatchObject({ status: 'failed', reason: { code: 'holder-erased' } });
    expect(JSON.stringify(await stored(id))).not.toContain('customer-7');
    expect(await work(id)).toEqual({ end: 'done', poll: false });
    expect(world.directory.asked).toEqual([]);
  });
});

test('an unknown id is not looked up', async () => {
  await expect(work(issuanceId('iss_nobody'))).rejects.toMatchObject({ code: 'issuance-missing' });
});
