/** The life cycle: which status may follow which, and what rests. */
import { describe, expect, test } from 'vitest';
import { move, rewrite } from '../../lib/issuance/move.ts';
import {
  allowedBefore,
  isFinal,
  isResting,
  mayFollow,
  occupiesSlot,
  type Status,
  statuses,
  statusesWith,
} from '../../lib/issuance/status.ts';
import { World } from '../fakes/world.ts';
import { issuanceIn } from './issuance-in.ts';

/** The table of the design, written out once more so that a slip in either is seen. */
const next: Record<Status, string> = {
  queued: 'submitting superseded failed',
  submitting: 'submitted queued failed uncertain',
  submitted: 'confirmed failed unconfirmed',
  unconfirmed: 'confirmed failed',
  uncertain: 'queued failed',
  confirmed: '',
  failed: 'queued',
  superseded: 'queued',
};
const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to, next[from].split(' ').includes(to)] as const));

describe('the table of transitions', () => {
  test.each(pairs)('%s → %s: %s', async (from, to, allowed) => {
    expect(mayFollow(from, to)).toBe(allowed);
    const world = new World();
    const issuance = issuanceIn(from);
    world.store.put(issuance);
    const moving = move(issuance, to, { dueAt: issuance.dueAt }, world.ports());
    if (allowed) expect((await moving)?.status).toBe(to);
    else await expect(moving).rejects.toThrow(`from ${from} to ${to}`);
    expect((await world.store.get(issuance.id))?.status).toBe(allowed ? to : from);
  });

  test.each(pairs)(
    'a store lets %s become %s in the same cases, and itself unless it is an end',
    (from, to, allowed) => {
      const stays = from === to && next[from] !== '';
      expect(allowedBefore(to).includes(from)).toBe(allowed || stays);
    },
  );

  test.each(['confirmed'] as const)('fault 20: %s is never written again', async (end) => {
    const world = new World();
    world.store.put(issuanceIn(end));
    expect(await rewrite(issuanceIn(end), { dueAt: '2030-01-01T00:00:00.000Z' }, world.ports())).toBeUndefined();
  });
});

describe('what a status means', () => {
  test('ends and parked ones rest, the others are under way', () => {
    expect(statuses.filter(isResting)).toEqual(['unconfirmed', 'uncertain', 'confirmed', 'failed', 'superseded']);
  });

  test('only one that rests is retried by an operator, and each that may become queued again', () => {
    const retryable = statusesWith('retry', 'by-id', 'in-bulk');
    expect(retryable).toEqual(['uncertain', 'failed', 'superseded']);
    expect(retryable).toEqual(statuses.filter((status) => isResting(status) && mayFollow(status, 'queued')));
    expect(statusesWith('retry', 'in-bulk')).toEqual(['uncertain', 'failed']);
  });

  test('holder and claims are needed under way, and kept for a time where it can still go on', () => {
    expect(statusesWith('personalData', 'needed')).toEqual(statusesWith('stage', 'under-way'));
    expect(statusesWith('personalData', 'dropped')).toEqual(statuses.filter(isFinal));
  });

  test('something moves on whatever is under way', () => {
    const moved = statusesWith('moves', 'worker', 'poller');
    expect(moved).toEqual([...statusesWith('stage', 'under-way'), 'unconfirmed']);
  });

  test('a slot is occupied while a credential may be on its way', () => {
    expect(statuses.filter(occupiesSlot)).toEqual(['submitting', 'submitted']);
  });
});

describe('a move', () => {
  test('to confirmed forgets holder, claims and progress', async () => {
    const world = new World();
    const issuance = { ...issuanceIn('submitted'), progress: { offer: 'kept' } };
    world.store.put(issuance);
    await move(issuance, 'confirmed', { dueAt: issuance.dueAt }, world.ports());
    const stored = await world.store.get(issuance.id);
    expect(stored).not.toHaveProperty('holder');
    expect(stored).not.toHaveProperty('claims');
    expect(stored).not.toHaveProperty('progress');
  });

  test.each(['failed', 'uncertain'] as const)('to %s keeps them for an operator’s retry', async (to) => {
    const world = new World();
    world.store.put(issuanceIn('submitting'));
    const moved = await move(issuanceIn('submitting'), to, { dueAt: '2026-12-06T09:00:00.000Z' }, world.ports());
    expect(moved).toMatchObject({ holder: 'ada@example.com', claims: { tier: 'Gold' } });
  });

  test('drops the reason of the status before', async () => {
    const world = new World();
    const issuance = { ...issuanceIn('submitting'), reason: { code: 'provider-answer-lost' as const } };
    world.store.put(issuance);
    expect(await move(issuance, 'queued', { dueAt: issuance.dueAt }, world.ports())).not.toHaveProperty('reason');
  });

  test('publishes when it comes to rest, and only then', async () => {
    const world = new World();
    world.store.put(issuanceIn('queued'));
    const ports = world.ports();
    const submitting = await move(issuanceIn('queued'), 'submitting', { dueAt: '2026-11-22T09:05:00.000Z' }, ports);
    expect(world.announcer.events).toEqual([]);
    const reason = { code: 'holder-refused-consent', detail: 'HTTP 409' } as const;
    if (submitting) await move(submitting, 'failed', { reason, dueAt: '2026-12-06T09:00:00.000Z' }, ports);
    expect(world.announcer.events).toMatchObject([{ status: 'failed', sequence: 4, reason, source: 'shop' }]);
    expect(JSON.stringify(world.announcer.events)).not.toMatch(/ada|Gold/);
  });

  test('that loses to another writer says so and tells nobody', async () => {
    const world = new World();
    world.store.put({ ...issuanceIn('submitted'), sequence: 9 });
    expect(await move(issuanceIn('submitted'), 'confirmed', { dueAt: 'now' }, world.ports())).toBeUndefined();
    expect([...world.announcer.events, ...world.log.entries]).toEqual([]);
  });

  test('keeps the first and the latest nineteen entries of its history', async () => {
    const world = new World();
    let issuance = issuanceIn('queued');
    world.store.put(issuance);
    for (let turn = 0; turn < 30; turn += 1) {
      world.clock.advance(1000);
      const to = issuance.status === 'queued' ? 'submitting' : 'queued';
      issuance = (await move(issuance, to, { dueAt: issuance.dueAt }, world.ports())) ?? issuance;
    }
    expect(issuance.history).toHaveLength(20);
    expect(issuance.history[0]).toEqual({ at: '2026-11-22T08:59:30.000Z', status: 'queued' });
    expect(issuance.history.at(-1)?.at).toBe('2026-11-22T09:00:30.000Z');
  });
});
