/** Submit: one hand-over per event, under the slot's lease, whatever is delivered how often and to whom. */

import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import type { NamedRequest } from '../../../lib/issuance/identity.ts';
import { issuanceId, slotKey } from '../../../lib/issuance/ids.ts';
import type { Issuance } from '../../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { maxMessages } from '../../../lib/issuance/retry-delay.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { dieAt, failOnce, faulty } from '../../fakes/faulty.ts';
import { issuanceIn, turned } from '../../fakes/issuance-in.ts';
import { submission } from '../../fakes/scripted-provider.ts';
import { leaseMs, World } from '../../fakes/world.ts';

async function accepted(world: World, changes: Partial<NamedRequest> = {}): Promise<Issuance> {
  return (await accept(world.request(changes), world.ports())).issuance;
}

const again = (delaySeconds: unknown = expect.any(Number)) => ({ end: 'again', delaySeconds });
const done = (poll: boolean) => ({ end: 'done', poll });

describe('a queued issuance', () => {
  test('is handed over once, with its receipt written down and its slot free again', async () => {
    const world = new World();
    const { id, slot } = await accepted(world);
    world.provider.onSubmit(submission('r1'));
    expect(await submit(id, 1, world.ports())).toEqual(done(true));
    expect(await world.store.get(id)).toMatchObject({
      status: 'submitted',
      receipt: { reference: 'r1' },
      submittedAt: '2026-11-22T09:00:00.000Z',
      attempt: { number: 1, fence: 1 },
    });
    expect(await world.slots.get(slot)).toMatchObject({
      receipts: ['r1'],
      lease: { until: '2026-11-22T09:00:00.000Z' },
    });
  });

  test('is written as submitting, with its lease, before the provider is asked anything', async () => {
    const world = new World();
    const { id, slot } = await accepted(world);
    world.provider.onSubmit(async () => {
      const record = await world.store.get(id);
      expect(record).toMatchObject({ status: 'submitting', attempt: { openSince: '2026-11-22T09:00:00.000Z' } });
      expect((await world.slots.get(slot))?.lease).toMatchObject({ owner: id, until: '2026-11-22T09:01:10.000Z' });
      return submission('r1');
    });
    await submit(id, 1, world.ports());
    expect(world.provider.submitted).toHaveLength(1);
  });

  test('tells the provider what it needs: holder, claims, and what the slot had before', async () => {
    const world = new World();
    await submit((await accepted(world)).id, 1, world.ports());
    for (const record of world.store.all()) world.store.put(turned(record, 'confirmed'));
    const { id } = await accepted(world, { idempotencyKey: 'event-2', claims: { tier: 'Platinum' } });
    await submit(id, 1, world.ports());
    const [, job] = world.provider.submitted;
    expect(job).toMatchObject({ issuanceId: id, holder: 'ada@example.com', claims: { tier: 'Platinum' } });
    expect(job?.knownReceipts).toEqual(['receipt-1']);
  });

  test.each(['event-1', 'event-2'])('tells of the one before even when its release was lost: %s', async (key) => {
    const world = new World();
    const first = await accepted(world, { idempotencyKey: 'event-1' });
    await expect(
      submit(first.id, 1, world.ports(failOnce('store.replace', 'after', new Error('lost'), 1))),
    ).rejects.toThrow();
    for (const record of world.store.all()) {
      world.store.put(turned(record, key === 'event-1' ? 'queued' : 'confirmed'));
    }
    expect((await world.slots.get(first.slot))?.receipts).toEqual([]);
    const { id } = await accepted(world, { idempotencyKey: key });
    await submit(id, 1, world.ports(dieAt('provider.submit', 'before'))).catch(() => undefined);
    expect((await world.slots.get(first.slot))?.receipts).toEqual(['receipt-1']);
  });

  test('that is not in the table is an error of its message', async () => {
    await expect(submit(issuanceId('iss_none'), 1, new World().ports())).rejects.toMatchObject({
      code: 'issuance-missing',
    });
  });

  test('whose slot was never raised, because acceptance died just before, raises it', async () => {
    const world = new World();
    world.store.put(issuanceIn('queued'));
    expect(await submit(issuanceIn('queued').id, 1, world.ports())).toEqual(done(true));
    expect((await world.slots.get(slotKey('program-a#holder')))?.newest).toBe(issuanceIn('queued').rank);
  });
});

describe('the same message again', () => {
  test('fault 4: one after the other: no second call, but a poller in case the first was never started', async () => {
    const world = new World();
    const { id } = await accepted(world);
    await submit(id, 1, world.ports());
    expect(await submit(id, 1, world.ports())).toEqual(done(false));
    expect(await submit(id, 2, world.ports())).toEqual(done(true));
    expect(world.provider.submitted).toHaveLength(1);
  });

  test('fault 5: to two workers at once: one calls, the other comes back later', async () => {
    const world = new World();
    const { id } = await accepted(world);
    const ends = await Promise.all([submit(id, 1, world.ports()), submit(id, 2, world.ports())]);
    expect(ends).toContainEqual(done(true));
    expect(ends).toContainEqual(again());
    expect(world.provider.submitted).toHaveLength(1);
  });

  test.each(['confirmed', 'failed', 'superseded', 'uncertain', 'unconfirmed'] as const)(
    'delivered after %s: the end is announced again, in case the delivery that wrote it died before it could',
    async (status) => {
      const world = new World();
      world.store.put(issuanceIn(status));
      const { id } = issuanceIn(status);
      expect(await submit(id, 1, world.ports())).toEqual(done(false));
      expect(world.announcer.events).toMatchObject([{ id, status, sequence: 2 }]);
      expect(world.provider.submitted).toEqual([]);
    },
  );
});

describe('several events for one holder', () => {
  test('fault 14: an overtaken one is superseded without a call, which is published', async () => {
    const world = new World();
    const late = await accepted(world, { idempotencyKey: 'late', occurredAt: '2026-11-20T00:00:00.000Z' });
    const newer = await accepted(world);
    expect(await submit(late.id, 1, world.ports())).toEqual(done(false));
    expect(await world.store.get(late.id)).toMatchObject({ status: 'superseded', reason: { code: 'overtaken' } });
    expect(world.announcer.events).toMatchObject([{ id: late.id, status: 'superseded' }]);
    await submit(newer.id, 1, world.ports());
    expect(world.provider.submitted.map(({ issuanceId }) => issuanceId)).toEqual([newer.id]);
  });

  test('fault 14: one overtaken between the look at the slot and its lease is superseded too, and lets go', async () => {
    const world = new World();
    const { id, slot } = await accepted(world);
    const ports = world.ports(async ({ call, when }) => {
      if (call === 'slots.acquire' && when === 'before') await accepted(world, { idempotencyKey: 'newer', claims: {} });
    });
    expect(await submit(id, 1, ports)).toEqual(done(false));
    expect((await world.slots.get(slot))?.lease?.until).toBe('2026-11-22T09:00:00.000Z');
    expect(world.provider.submitted).toEqual([]);
  });

  test('fault 15: at the same instant: the one heard of last wins', async () => {
    const world = new World();
    const first = await accepted(world, { idempotencyKey: 'a', occurredAt: '2026-11-22T08:00:00.000Z' });
    world.clock.advance(1);
    const last = await accepted(world, { idempotencyKey: 'b', occurredAt: '2026-11-22T08:00:00.000Z', claims: {} });
    await Promise.all([first, last].map(({ id }) => submit(id, 1, world.ports())));
    expect((await world.store.get(first.id))?.status).toBe('superseded');
    expect((await world.store.get(last.id))?.status).toBe('submitted');
  });

  test.each(['submitting', 'submitted'] as const)(
    'fault 15: a newer one waits while the older is %s',
    async (status) => {
      const world = new World();
      const older = await accepted(world);
      await submit(older.id, 1, world.ports());
      world.store.put(turned(older, status, { sequence: 3 }));
      const newer = await accepted(world, { idempotencyKey: 'newer', claims: {} });
      world.clock.advance(leaseMs + 1);
      expect(await submit(newer.id, 1, world.ports())).toEqual(again());
      expect(world.log.of('submission-delayed')).toMatchObject([{ id: newer.id, code: 'slot-busy' }]);
      world.store.put(turned(older, 'confirmed', { sequence: 4 }));
      expect(await submit(newer.id, 2, world.ports())).toEqual(done(true));
    },
  );

  test('fault 15: under way is not superseded by a newer one: it ends, then the newer follows', async () => {
    const world = new World();
    const older = await accepted(world);
    world.provider.onSubmit(async () => {
      await accepted(world, { idempotencyKey: 'newer', claims: {} });
      return submission('r1');
    });
    expect(await submit(older.id, 1, world.ports())).toEqual(done(true));
    expect((await world.store.get(older.id))?.status).toBe('submitted');
  });
});

test('fault 14: one whose lost call did nothing is superseded by a newer one, not handed over again', async () => {
  const world = new World();
  const older = await accepted(world);
  world.provider.onSubmit(new IssuanceError('provider-answer-lost'));
  expect(await submit(older.id, 1, world.ports())).toEqual(again());
  await accepted(world, { idempotencyKey: 'newer', occurredAt: world.clock.now().toISOString() });
  expect(await submit(older.id, 2, world.ports())).toEqual(again());
  expect(await submit(older.id, 3, world.ports())).toEqual(done(false));
  expect((await world.store.get(older.id))?.status).toBe('superseded');
  expect([world.provider.submitted.length, world.provider.recovered.length]).toEqual([1, 1]);
});

describe('fault 6: a lease that ran out', () => {
  test('is not taken while it lasts, even by a redelivery of its own issuance', async () => {
    const world = new World();
    const { id, slot } = await accepted(world);
    await world.slots.acquire(
      { key: slot, newest: '', issuances: [] },
      { owner: id, token: 1, until: '2026-11-22T09:01:10.000Z' },
    );
    expect(await submit(id, 1, world.ports())).toEqual(again());
    world.clock.advance(leaseMs);
    expect(await submit(id, 2, world.ports())).toEqual(done(true));
    expect((await world.slots.get(slot))?.lease?.token).toBe(2);
  });

  test('leaves an issuance to the worker that submits it, however often its message has come', async () => {
    const world = new World();
    const { id } = await accepted(world);
    world.provider.onSubmit(async () => {
      expect(await submit(id, maxMessages, world.ports())).toEqual(again());
      expect(await world.store.get(id)).not.toHaveProperty('waiting');
      return submission('r1');
    });
    expect(await submit(id, 1, world.ports())).toEqual(done(true));
    expect(await world.store.get(id)).toMatchObject({ status: 'submitted', receipt: { reference: 'r1' } });
  });

  test('lets a newer issuance wait in the table when its message has come too often, until its next try', async () => {
    const world = new World();
    const older = await accepted(world);
    await submit(older.id, 1, world.ports());
    const newer = await accepted(world, { idempotencyKey: 'newer', claims: {} });
    expect(await submit(newer.id, maxMessages, world.ports())).toEqual(done(false));
    expect(await world.store.get(newer.id)).toMatchObject({ waiting: true, dueAt: '2026-11-22T09:01:00.000Z' });
  });

  test('keeps the late worker from writing over what the next one has found', async () => {
    const world = new World();
    const { id, slot } = await accepted(world);
    world.provider.onSubmit(async () => {
      world.clock.advance(leaseMs + 1);
      world.provider.onRecover({ outcome: 'committed', submission: submission('found') });
      expect(await submit(id, 2, world.ports())).toEqual(done(true));
      return submission('late');
    });
    expect(await submit(id, 1, world.ports())).toEqual(again());
    expect(await world.store.get(id)).toMatchObject({ receipt: { reference: 'found' }, attempt: { fence: 2 } });
    expect(await world.slots.get(slot)).toMatchObject({ receipts: ['found'], lease: { token: 2 } });
  });

  test('keeps the late worker from beginning once the slot has gone to another issuance', async () => {
    const world = new World();
    const older = await accepted(world);
    let newer: Issuance | undefined;
    const store = faulty('store', world.store, async ({ call, when }) => {
      if (newer !== undefined || call !== 'store.replace' || when !== 'before') return;
      world.clock.advance(leaseMs + 1);
      newer = await accepted(world, { idempotencyKey: 'event-2' });
      expect(await submit(newer.id, 1, world.ports())).toEqual(done(true));
    });
    expect(await submit(older.id, 1, { ...world.ports(), store })).toEqual(again());
    expect(world.provider.submitted.map(({ issuanceId }) => issuanceId)).toEqual([newer?.id]);
    expect(await world.store.get(older.id)).toMatchObject({ status: 'queued' });
  });

  test('taken by another since we looked is left alone', async () => {
    const world = new World();
    const { id, slot } = await accepted(world);
    const slots = faulty('slots', world.slots, async ({ call, when }) => {
      if (call !== 'slots.acquire' || when !== 'before') return;
      await world.slots.acquire(
        { key: slot, newest: '', issuances: [] },
        { owner: issuanceId('iss_other'), token: 1, until: '2027-01-01T00:00:00.000Z' },
      );
    });
    expect(await submit(id, 1, { ...world.ports(), slots })).toEqual(again());
    expect(world.provider.submitted).toEqual([]);
  });
});
