/** Confirm: asks until each issuance has ended, never ends one by a guess, and lets none hold up the others. */

import { describe, expect, test } from 'vitest';
import { confirm } from '../../../lib/confirm/confirm.ts';
import type { PollerState } from '../../../lib/confirm/poller-state.ts';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import type { Issuance } from '../../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import type { Standing } from '../../../lib/issuance/provider.ts';
import { dieAt } from '../../fakes/faulty.ts';
import { nobody } from '../../fakes/ids.ts';
import { issuanceId as id, issuanceIn } from '../../fakes/issuance-in.ts';
import { hour, World } from '../../fakes/world.ts';

const minute = 60_000;
const startedAt = '2026-11-22T09:00:00.000Z';
const round = (changes: Partial<PollerState> = {}): PollerState => ({ ids: [id], startedAt, round: 0, ...changes });
const confirmed: Standing = { state: 'confirmed', assurance: 'on-chain', receipt: { vcId: 'vc-1' } };

function worldWith(...issuances: Issuance[]): World {
  const world = new World();
  for (const issuance of issuances) world.store.put(issuance);
  return world;
}

describe('a submitted issuance', () => {
  test('that the provider confirms ends confirmed, without holder and claims, and the poller is done', async () => {
    const world = worldWith(issuanceIn('submitted'));
    world.provider.onCheck(confirmed);
    expect(await confirm(round(), world.ports())).toMatchObject({ ids: [], next: 'done', round: 1 });
    const record = await world.store.get(id);
    expect(record).toMatchObject({ status: 'confirmed', assurance: 'on-chain' });
    expect(record?.receipt).toEqual({ reference: 'r1', vcId: 'vc-1' });
    expect(record).not.toHaveProperty('holder');
    expect(record).not.toHaveProperty('claims');
    expect(world.announcer.events).toMatchObject([{ id, status: 'confirmed', assurance: 'on-chain' }]);
  });

  test('is asked about with its receipt and holder, and nothing else', async () => {
    const world = worldWith(issuanceIn('submitted'));
    await confirm(round(), world.ports());
    const job = { issuanceId: id, program: 'program-a', holder: 'ada@example.com', receipt: { reference: 'r1' } };
    expect(world.provider.checked).toEqual([{ ...job, begunAt: new Date(issuanceIn('submitted').acceptedAt) }]);
  });

  test('that the provider failed ends failed with the provider’s reason', async () => {
    const world = worldWith(issuanceIn('submitted'));
    world.provider.onCheck({ state: 'failed', reason: { code: 'holder-refused-consent' } });
    expect((await confirm(round(), world.ports())).next).toBe('done');
    expect(await world.store.get(id)).toMatchObject({ status: 'failed', dueAt: '2026-12-06T09:00:00.000Z' });
  });

  test.each<[string, Standing | IssuanceError]>([
    ['pending', { state: 'pending' }],
    ['a value nobody has seen', { state: 'unrecognized' }],
    ['not known yet', { state: 'missing' }],
    ['an error that is permanent elsewhere', new IssuanceError('provider-refused-signature')],
    ['an error that passes', new IssuanceError('provider-unavailable')],
    ['an answer that was lost', new IssuanceError('provider-answer-lost')],
  ])('is asked about again after: %s', async (_name, standing) => {
    const world = worldWith(issuanceIn('submitted'));
    world.provider.onCheck(standing);
    expect(await confirm(round(), world.ports())).toMatchObject({ ids: [id], next: 'wait', waitSeconds: 1 });
    expect((await world.store.get(id))?.status).toBe('submitted');
    expect(world.announcer.events).toEqual([]);
  });

  test('fault 20: with an unrecognized status is counted', async () => {
    const world = worldWith(issuanceIn('submitted'));
    world.provider.onCheck({ state: 'unrecognized' });
    await confirm(round(), world.ports());
    expect(world.log.of('status-unrecognized')).toEqual([{ event: 'status-unrecognized', id, program: 'program-a' }]);
  });

  test('fault 19: that the provider still does not know after ten minutes is parked, never issued again', async () => {
    const world = worldWith(issuanceIn('submitted', { submittedAt: startedAt }));
    world.provider.onCheck({ state: 'missing' }, { state: 'missing' });
    world.clock.advance(10 * minute);
    expect((await confirm(round(), world.ports())).ids).toEqual([id]);
    world.clock.advance(1);
    expect(await confirm(round(), world.ports())).toMatchObject({ ids: [], next: 'done' });
    expect(await world.store.get(id)).toMatchObject({ status: 'unconfirmed', reason: { code: 'provider-lost-track' } });
    expect([...world.provider.submitted, ...world.queue.bodies]).toEqual([]);
  });
});

describe('fault 21: the deadline', () => {
  test.each<Standing | IssuanceError>([
    { state: 'pending' },
    { state: 'unrecognized' },
    new IssuanceError('provider-unavailable'),
  ])('makes it unconfirmed, and someone is told: %j', async (standing) => {
    const world = worldWith(issuanceIn('submitted', { submittedAt: startedAt, dueAt: '2026-11-24T00:00:00.000Z' }));
    world.provider.onCheck(standing, standing);
    world.clock.advance(24 * hour);
    expect((await confirm(round(), world.ports())).ids).toEqual([id]);
    world.clock.advance(1);
    expect((await confirm(round(), world.ports())).ids).toEqual([]);
    const reason = { code: 'not-confirmed-in-time' };
    expect(await world.store.get(id)).toMatchObject({
      status: 'unconfirmed',
      reason,
      dueAt: '2026-11-23T10:00:00.001Z',
    });
    expect(world.announcer.events).toMatchObject([{ status: 'unconfirmed', reason }]);
  });

  test('is no end: it can still be confirmed, or fail', async () => {
    for (const standing of [confirmed, { state: 'failed', reason: { code: 'outcome-unknown' } } as const]) {
      const world = worldWith(issuanceIn('unconfirmed', { reason: { code: 'not-confirmed-in-time' } }));
      world.provider.onCheck(standing);
      await confirm(round(), world.ports());
      expect((await world.store.get(id))?.status).toBe(standing.state);
    }
  });

  test('tells once: an unconfirmed one that is still pending leaves the poller silently', async () => {
    const world = worldWith(issuanceIn('unconfirmed'));
    expect(await confirm(round(), world.ports())).toMatchObject({ ids: [], next: 'done' });
    expect(world.announcer.events).toEqual([]);
    expect(await world.store.get(id)).toEqual(issuanceIn('unconfirmed'));
  });
});

describe('a round', () => {
  test('asks about each once, and a failure of one keeps none from being asked', async () => {
    const ids = ['a', 'b', 'c'].map((letter) => issuanceId(`iss_${letter.repeat(27)}`));
    const world = worldWith(...ids.map((each) => issuanceIn('submitted', { id: each })));
    world.provider.onCheck(new IssuanceError('provider-refused-signature'), confirmed, { state: 'pending' });
    const answer = await confirm(round({ ids: [...ids, ids[0] ?? nobody, issuanceId('iss_unknown')] }), world.ports());
    expect(answer.ids).toEqual([ids[0], ids[2]]);
    expect(world.log.of('status-check-failed')).toMatchObject([{ id: ids[0], code: 'provider-refused-signature' }]);
    expect(world.log.of('batch-checked')).toMatchObject([{ asked: 5, open: 2 }]);
  });

  test.each(['queued', 'submitting'] as const)('leaves one that is %s again to others, silently', async (status) => {
    const world = worldWith(issuanceIn(status));
    expect((await confirm(round(), world.ports())).ids).toEqual([]);
    expect([...world.provider.checked, ...world.announcer.events]).toEqual([]);
  });

  test('fault 3: repeated after it died between an end and its announcement announces it', async () => {
    const world = worldWith(issuanceIn('submitted'));
    world.provider.onCheck(confirmed);
    const cut = await confirm(round(), world.ports(dieAt('announcer.announce', 'before')));
    expect(cut.ids).toEqual([id]);
    await confirm(cut, world.ports());
    expect(world.provider.checked).toHaveLength(1);
    expect(world.announcer.events).toMatchObject([{ id, status: 'confirmed' }]);
  });

  test('fault 3: repeated after it died between parking one and telling of it tells, and later pollers do not', async () => {
    const world = worldWith(issuanceIn('submitted', { submittedAt: startedAt }));
    world.clock.advance(25 * hour);
    const cut = await confirm(round(), world.ports(dieAt('announcer.announce', 'before')));
    expect(world.announcer.events).toEqual([]);
    await confirm(cut, world.ports());
    expect(world.announcer.events).toMatchObject([{ id, status: 'unconfirmed' }]);
    world.clock.advance(hour);
    await confirm(round({ startedAt: world.clock.now().toISOString() }), world.ports());
    expect(world.announcer.events).toHaveLength(1);
  });

  test('fault 27: tells of one that was parked by a clock five minutes behind the one that began the poller', async () => {
    const world = worldWith(issuanceIn('submitted', { submittedAt: startedAt }));
    world.clock.advance(25 * hour);
    const ahead = new Date(world.clock.now().getTime() + 5 * minute).toISOString();
    const cut = await confirm(round({ startedAt: ahead }), world.ports(dieAt('announcer.announce', 'before')));
    expect(world.announcer.events).toEqual([]);
    await confirm(cut, world.ports());
    expect(world.announcer.events).toMatchObject([{ id, status: 'unconfirmed' }]);
  });

  test('fault 3: overtaken by the write of one that died with it under way looks again, and tells', async () => {
    const world = worldWith(issuanceIn('submitted'));
    world.provider.onCheck(() => {
      world.store.put(issuanceIn('confirmed', { sequence: 3, assurance: 'on-chain' }));
      return confirmed;
    });
    const next = await confirm(round(), world.ports());
    expect(next).toMatchObject({ ids: [id], next: 'wait' });
    expect(world.announcer.events).toEqual([]);
    expect(await confirm(next, world.ports())).toMatchObject({ ids: [], next: 'done' });
    expect(world.announcer.events).toMatchObject([{ id, status: 'confirmed', sequence: 3 }]);
  });

  test('goes on with the others when one meets an unexpected error', async () => {
    const other = issuanceId(`iss_${'b'.repeat(27)}`);
    const world = worldWith(issuanceIn('submitted'), issuanceIn('submitted', { id: other }));
    const broken = () => {
      throw new TypeError('a mistake in the adapter');
    };
    world.provider.onCheck(broken, confirmed);
    const next = await confirm(round({ ids: [id, other] }), world.ports());
    expect(next.ids).toEqual([id]);
    expect((await world.store.get(other))?.status).toBe('confirmed');
  });

  test('never asks more at once than it may', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => issuanceId(`iss_${String(index).padStart(27, '0')}`));
    const world = worldWith(...ids.map((each) => issuanceIn('submitted', { id: each })));
    let now = 0;
    let most = 0;
    const pending = async (): Promise<Standing> => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return { state: 'pending' };
    };
    world.provider.onCheck(...ids.map(() => pending));
    await confirm(round({ ids }), { ...world.ports(), concurrency: 3 });
    expect(most).toBe(3);
  });

  test('tells the reconciler in time that it lives, without a write in the fast rounds', async () => {
    const world = worldWith(issuanceIn('submitted', { submittedAt: startedAt, dueAt: '2026-11-22T09:07:00.000Z' }));
    world.clock.advance(4 * minute);
    await confirm(round({ round: 5 }), world.ports());
    expect((await world.store.get(id))?.sequence).toBe(2);
    world.clock.advance(2 * minute);
    const { waitSeconds } = await confirm(round({ round: 9 }), world.ports());
    const dueAt = (await world.store.get(id))?.dueAt ?? '';
    expect(Date.parse(dueAt)).toBeGreaterThanOrEqual(world.clock.now().getTime() + waitSeconds * 1000 + 5 * minute);
  });
});
