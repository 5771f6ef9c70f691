/** Nothing is asked about a lost call before the provider can no longer carry it out, where asking could issue. */
import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { durationsOf, timingsOf } from '../../../lib/config/timings.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import type { Recovery } from '../../../lib/issuance/provider.ts';
import { verdictOf } from '../../../lib/submit/circuit-breaker/circuit-rules.ts';
import { submit } from '../../../lib/submit/submit.ts';
import type { SubmitEnd } from '../../../lib/submit/submit-end.ts';
import { dieAt } from '../../fakes/faulty.ts';
import { submission } from '../../fakes/scripted-provider.ts';
import { hour, leaseMs, settlingMs, World } from '../../fakes/world.ts';

const lost = () => new IssuanceError('provider-answer-lost');
const busy = () => new IssuanceError('provider-unavailable-in-doubt', { detail: 'HTTP 503' });
const start = '2026-11-22T09:00:00.000Z';

/** A world whose provider may issue when asked, with one accepted issuance and its submissions. */
async function worldOfOne() {
  const world = new World();
  world.provider.askingMayIssue = true;
  const { id, slot } = (await accept(world.request(), world.ports())).issuance;
  let receives = 0;
  const deliver = (): Promise<SubmitEnd> => {
    receives += 1;
    return submit(id, receives, world.ports());
  };
  const record = async () => (await world.store.get(id)) ?? expect.unreachable();
  return { world, id, slot, deliver, record };
}

const delayOf = (end: SubmitEnd) => (end.end === 'again' ? end.delaySeconds : 0);

describe('fault 43: a lost call', () => {
  test('comes back no sooner than it has settled, and is not asked about before', async () => {
    const { world, slot, deliver, record } = await worldOfOne();
    world.provider.onSubmit(lost());
    expect(delayOf(await deliver())).toBeGreaterThanOrEqual(settlingMs / 1000);
    expect(await record()).toMatchObject({ status: 'submitting', attempt: { openSince: start } });
    world.clock.advance(settlingMs - 1500);
    const early = await deliver();
    expect(delayOf(early)).toBeGreaterThanOrEqual(2);
    expect(world.log.of('submission-delayed').at(-1)).toMatchObject({ code: 'outcome-settling' });
    expect(world.provider.recovered).toEqual([]);
    expect((await world.slots.get(slot))?.lease?.token).toBe(1);
    world.clock.advance(1500);
    world.provider.onRecover({ outcome: 'committed', submission: submission('found') });
    expect(await deliver()).toEqual({ end: 'done', poll: true });
    expect((await record()).attempt).toEqual({ number: 2, fence: 2, lateUntil: '2026-11-22T09:01:04.000Z' });
  });

  test('is waited for from its end, which can be long after its beginning', async () => {
    const { world, deliver, record } = await worldOfOne();
    world.provider.onSubmit(() => {
      world.clock.advance(20_000);
      throw lost();
    });
    await deliver();
    expect((await record()).attempt).toMatchObject({ openSince: start, settlesAt: '2026-11-22T09:00:52.000Z' });
  });

  test('is waited for again when the question about it is lost too; the first moment stays for comparison', async () => {
    const { world, deliver, record } = await worldOfOne();
    world.provider.onSubmit(lost()).onRecover(lost());
    await deliver();
    world.clock.advance(settlingMs);
    expect(delayOf(await deliver())).toBeGreaterThanOrEqual(settlingMs / 1000);
    expect((await record()).attempt).toMatchObject({ openSince: start, settlesAt: '2026-11-22T09:01:04.000Z' });
    world.clock.advance(settlingMs - 1);
    await deliver();
    expect(world.provider.recovered).toHaveLength(1);
    world.clock.advance(1);
    await deliver();
    expect(world.provider.recovered.map(({ lostSince }) => lostSince.toISOString())).toEqual([start, start]);
  });

  test('of a worker that died is waited for from the end of its lease, and somebody looks then', async () => {
    const { world, id, deliver, record } = await worldOfOne();
    const dying = submit(id, 1, world.ports(dieAt('provider.submit', 'after')));
    await expect(dying).rejects.toThrow('died');
    const settlesAt = world.clock.now().getTime() + leaseMs + settlingMs;
    const { attempt, dueAt } = await record();
    expect(Date.parse(attempt?.settlesAt ?? '')).toBe(settlesAt);
    expect(Date.parse(dueAt)).toBeGreaterThan(settlesAt);
    world.clock.advance(leaseMs + settlingMs - 1);
    await deliver();
    expect(world.provider.recovered).toEqual([]);
    world.clock.advance(1);
    await deliver();
    expect(world.provider.recovered).toHaveLength(1);
  });

  test('has nothing to settle after a question that the provider certainly did not take', async () => {
    const { world, deliver, record } = await worldOfOne();
    world.provider.onSubmit(lost()).onRecover(new IssuanceError('provider-rate-limited'));
    await deliver();
    world.clock.advance(settlingMs);
    await deliver();
    expect((await record()).attempt).toEqual({ number: 2, fence: 2, openSince: start });
    await deliver();
    expect(world.provider.recovered).toHaveLength(2);
  });

  test('is asked about at once where asking changes nothing at the provider', async () => {
    const { world, deliver, record } = await worldOfOne();
    world.provider.askingMayIssue = false;
    world.provider.onSubmit(lost());
    await deliver();
    expect((await record()).attempt).not.toHaveProperty('settlesAt');
    await deliver();
    expect(world.provider.recovered).toHaveLength(1);
  });

  test('settles in three deadlines and two seconds, unless a setting says otherwise', () => {
    expect(timingsOf({ providerCallSeconds: 10 }).settlingSeconds).toBe(32);
    expect(timingsOf({ providerCallSeconds: 60 }).settlingSeconds).toBe(182);
    expect(timingsOf({ providerCallSeconds: 10, settlingSeconds: 0 }).settlingSeconds).toBe(0);
  });
});

describe('fault 43: an unknown outcome that stays unknown', () => {
  test('is given up only when its last question cannot be under way any more', async () => {
    const { world, deliver, record } = await worldOfOne();
    world.provider.onSubmit(lost()).onRecover(lost());
    await deliver();
    world.clock.advance(72 * hour + 1);
    await deliver();
    expect((await record()).status).toBe('submitting');
    world.clock.advance(settlingMs);
    expect(await deliver()).toEqual({ end: 'done', poll: false });
    const reason = { code: 'outcome-unknown', detail: 'provider-answer-lost' };
    expect(await record()).toMatchObject({ status: 'uncertain', reason });
    expect(world.provider.recovered).toHaveLength(1);
  });

  test('is asked about at least once, however late its call was made', async () => {
    const { world, deliver, record } = await worldOfOne();
    world.clock.advance(100 * hour);
    world.provider.onSubmit(lost()).onRecover({ outcome: 'committed', submission: submission('found') });
    await deliver();
    world.clock.advance(settlingMs);
    await deliver();
    expect((await record()).status).toBe('submitted');
  });
});

describe('fault 43: an outage of days, in which every call is answered by 503', () => {
  test.each<[string, Recovery, number]>([
    ['the first call was carried out', { outcome: 'committed', submission: submission('found') }, 1],
    ['nothing was carried out', { outcome: 'not-committed' }, 2],
  ])('ends with the credential, not with somebody who has to look: %s', async (_name, recovery, handOvers) => {
    const { world, deliver, record } = await worldOfOne();
    world.provider.onSubmit(busy());
    for (let hours = 0; hours < 100; hours += 1) {
      // Short waits come back as a message, long ones are spent in the waiting room.
      expect(await deliver()).not.toMatchObject({ poll: true });
      expect((await record()).status).toBe('submitting');
      world.provider.onRecover(busy());
      world.clock.advance(hour);
    }
    await deliver();
    world.clock.advance(hour);
    world.provider.onRecover(recovery);
    expect(await deliver()).toEqual({ end: 'done', poll: true });
    expect(world.announcer.events).toEqual([]);
    expect(world.provider.submitted).toHaveLength(handOvers);
  });

  test('is waited for as long as the environment keeps holder and claims', () => {
    const limits = { providerCallSeconds: 10, pollDeadlineHours: 2, retryHours: 3, retentionDays: 5 };
    expect(durationsOf({ ...limits, settlingSeconds: 7 })).toMatchObject({
      settlingMs: 7000,
      deadlineMs: 2 * hour,
      retryMs: 3 * hour,
      retentionMs: 120 * hour,
    });
  });

  test('is not waited for longer than an uncertain one would wait for a person', async () => {
    const { world, deliver, record } = await worldOfOne();
    world.provider.onSubmit(busy()).onRecover(busy());
    await deliver();
    world.clock.advance(14 * 24 * hour + 1);
    await deliver();
    world.clock.advance(settlingMs);
    await deliver();
    expect(await record()).toMatchObject({ status: 'uncertain', reason: { detail: 'provider-unavailable-in-doubt' } });
  });

  test('opens the circuit', () => expect(verdictOf('provider-unavailable-in-doubt')).toBe('outage'));
});
