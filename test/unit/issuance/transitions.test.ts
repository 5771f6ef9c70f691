/** The steps of an issuance: what each takes along, what it drops, and when it is published. */

import { describe, expect, test } from 'vitest';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import { hasStatus } from '../../../lib/issuance/issuance.ts';
import { hasTrait, isFinal, isResting, mayFollow, statuses } from '../../../lib/issuance/status.ts';
import { confirmed } from '../../../lib/issuance/transitions/confirmation.ts';
import { failed, uncertain } from '../../../lib/issuance/transitions/ends.ts';
import { forgotten, postponed, queuedAgain } from '../../../lib/issuance/transitions/operation.ts';
import { begun, putBack, submitted, waiting } from '../../../lib/issuance/transitions/submission.ts';
import { write } from '../../../lib/issuance/write.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';
import { stepsOf } from '../../fakes/steps.ts';
import { World } from '../../fakes/world.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const dueAt = '2026-12-06T09:00:00.000Z';
const attempt = { number: 1, fence: 1 };
const open = { ...attempt, openSince: now.toISOString() };
const reason = { code: 'holder-refused-consent', detail: 'HTTP 409' } as const;
const onChain = { assurance: 'on-chain', receipt: { reference: 'r1' } } as const;

describe.each(statuses)('the steps of one that is %s', (from) => {
  const before = issuanceIn(from, { restedSequence: 1 });
  const steps = stepsOf(before, now);

  test('go where the table says, and everywhere it says', () => {
    const reached = steps.filter(({ moved }) => moved).map(({ record }) => record.status);
    expect([...new Set(reached)].sort()).toEqual(statuses.filter((to) => mayFollow(from, to)).sort());
    for (const { moved, record } of steps) expect(record.status === from).toBe(!moved);
    expect(steps.length > 0).toBe(!isFinal(from));
  });

  test('count one write each, with its time, and tell a move in the history', () => {
    for (const { record, moved } of steps) {
      expect(record).toMatchObject({ sequence: before.sequence + 1, updatedAt: now.toISOString() });
      const code = record.reason && { code: record.reason.code };
      const entry = { at: now.toISOString(), status: record.status, ...code };
      expect(record.history).toEqual(moved ? [...before.history, entry] : before.history);
    }
  });

  test('remember the sequence of a rest as long as it rests', () => {
    const first = stepsOf(issuanceIn(from), now);
    for (const { record, moved } of first)
      expect(record.restedSequence).toBe(!moved && isResting(from) ? 2 : undefined);
    for (const { record } of steps.filter(({ moved }) => !moved)) expect(record.restedSequence).toBe(1);
    for (const { record } of steps.filter(({ moved }) => moved)) expect(record).not.toHaveProperty('restedSequence');
  });

  test('keep personal data where the status needs it, and never where it is dropped', () => {
    for (const { record } of steps) {
      const { holder, claims } = record;
      if (hasTrait(record.status, 'personalData', 'needed')) expect({ holder, claims }).toEqual(kept);
      if (hasTrait(record.status, 'personalData', 'dropped'))
        for (const name of ['holder', 'claims', 'progress']) expect(record).not.toHaveProperty(name);
    }
  });
});

const kept = { holder: 'ada@example.com', claims: { tier: 'Gold' } };

describe('a step', () => {
  test('to confirmed drops holder, claims and progress', () => {
    const { record } = confirmed(issuanceIn('submitted', { progress: { offer: 'kept' } }), onChain, now);
    for (const name of ['holder', 'claims', 'progress']) expect(record).not.toHaveProperty(name);
  });

  test('to an end without a credential keeps them for an operator’s retry', () => {
    const from = issuanceIn('submitting', { progress: { offer: 'kept' } });
    for (const { record } of [failed(from, { reason, dueAt }, now), uncertain(from, { reason, attempt, dueAt }, now)])
      expect(record).toMatchObject({ ...kept, progress: { offer: 'kept' } });
  });

  test('drops the reason of the status before, and keeps it in the same status', () => {
    const doubt = issuanceIn('submitting', { reason: { code: 'provider-answer-lost' } });
    const handedOver = { attempt, dueAt };
    expect(submitted(doubt, { receipt: { reference: 'r' }, knownAs: 'r' }, handedOver, now).record).not.toHaveProperty(
      'reason',
    );
    expect(begun(doubt, { attempt: open, follows: undefined, dueAt }, now).record.reason).toEqual(doubt.reason);
    const retried = queuedAgain(issuanceIn('failed', { superseded: 2 }), { queuedAt: dueAt, dueAt, progress: {} }, now);
    for (const name of ['reason', 'superseded']) expect(retried.record).not.toHaveProperty(name);
  });

  test('of one in the waiting room takes it out, whatever the step, unless it is to wait', () => {
    for (const status of ['queued', 'submitting'] as const) {
      const waits = issuanceIn(status, { waiting: true });
      expect(waiting(waits, { dueAt }, now).record.waiting).toBe(true);
      const others = stepsOf(waits, now).filter(({ record }) => record.waiting);
      expect(others).toHaveLength(1);
    }
  });

  test('that begins forgets what it followed before', () => {
    const before = issuanceIn('queued', { follows: issuanceId('iss_before') });
    expect(begun(before, { attempt: open, follows: undefined, dueAt }, now).record).not.toHaveProperty('follows');
    const next = begun(before, { attempt: open, follows: issuanceId('iss_other'), dueAt }, now).record;
    expect(begun(next, { attempt: open, follows: undefined, dueAt }, now).record).not.toHaveProperty('follows');
  });

  test('that hands over forgets what an earlier attempt was offered', () => {
    const before = issuanceIn('submitting', { offered: 'inbox', existing: true, receipt: { reference: 'r0' } });
    const { record } = submitted(before, { receipt: { reference: 'r1' }, knownAs: 'r1' }, { attempt, dueAt }, now);
    for (const name of ['offered', 'existing']) expect(record).not.toHaveProperty(name);
    expect(record.receipt).toEqual({ reference: 'r1' });
  });

  test('that returns to the queue closes the attempt', () => {
    const { record } = putBack(issuanceIn('submitting'), { reason, attempt: undefined, dueAt }, now);
    expect(record).not.toHaveProperty('attempt');
  });

  test('that forgets is due never again, and leaves the status', () => {
    for (const status of ['unconfirmed', 'uncertain', 'failed', 'superseded'] as const) {
      const { record, moved } = forgotten(issuanceIn(status, { progress: { offer: 'kept' } }), now);
      expect({ moved, status: record.status, dueAt: record.dueAt }).toMatchObject({ moved: false, status });
      expect(record.dueAt > '9999').toBe(true);
      for (const name of ['holder', 'claims', 'progress']) expect(record).not.toHaveProperty(name);
    }
  });

  test('keeps the first and the latest nineteen entries of the history', () => {
    let issuance = issuanceIn('queued');
    for (let turn = 0; turn < 30; turn += 1) {
      const at = new Date(now.getTime() + turn * 1000);
      const { record } = begun(issuance, { attempt: open, follows: undefined, dueAt }, at);
      issuance = putBack(record, { reason, attempt, dueAt }, new Date(at.getTime() + 500)).record;
    }
    expect(issuance.history).toHaveLength(20);
    expect(issuance.history[0]).toEqual({ at: '2026-11-22T08:59:30.000Z', status: 'queued' });
    expect(issuance.history.at(-1)?.at).toBe('2026-11-22T09:00:29.500Z');
  });

  test('keeps fields that this version does not know', () => {
    const later = Object.assign(issuanceIn('submitting'), { ofLater: 'kept' });
    for (const { record } of stepsOf(later, now)) expect(record).toMatchObject({ ofLater: 'kept' });
  });
});

describe('a write', () => {
  test('publishes when it comes to rest, and only then', async () => {
    const world = new World();
    world.store.put(issuanceIn('queued'));
    const ports = world.ports();
    const begins = { attempt: open, follows: undefined, dueAt };
    const submitting = await write(begun(issuanceIn('queued'), begins, now), ports);
    expect(world.announcer.events).toEqual([]);
    expect(world.log.of('issuance-moved')).toMatchObject([{ status: 'submitting' }]);
    const end = submitting && (await write(failed(submitting, { reason, attempt, dueAt }, now), ports));
    expect(world.announcer.events).toMatchObject([{ status: 'failed', sequence: 4, reason, source: 'shop' }]);
    expect(JSON.stringify(world.announcer.events)).not.toMatch(/ada|Gold/);
    if (end) await write(forgotten(end, now), ports);
    expect(world.announcer.events).toHaveLength(1);
    expect(world.log.of('issuance-moved')).toMatchObject([{ status: 'submitting' }, { code: reason.code }]);
  });

  test('that loses to another writer says so and tells nobody', async () => {
    const world = new World();
    world.store.put(issuanceIn('submitted', { sequence: 9 }));
    expect(await write(confirmed(issuanceIn('submitted'), onChain, now), world.ports())).toBeUndefined();
    expect([...world.announcer.events, ...world.log.entries]).toEqual([]);
  });

  test('gives the record as it is stored', async () => {
    const world = new World();
    const issuance = issuanceIn('queued');
    world.store.put(issuance);
    const written = await write(postponed(issuance, dueAt, now), world.ports());
    expect(await world.store.get(issuance.id)).toEqual(written);
    expect(written !== undefined && hasStatus(written, 'queued')).toBe(true);
  });
});
