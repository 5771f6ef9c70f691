/** A provider that is out of order for one program is left alone, tried by one probe at a time, and used again. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { type IssuanceId, issuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { BreakableProvider } from '../../fakes/breakable-provider.ts';
import { nobody } from '../../fakes/ids.ts';

let on: BreakableProvider;

beforeEach(() => {
  on = new BreakableProvider();
});

const waits = (code: ErrorCode) => expect.objectContaining({ event: 'submission-delayed', code });

describe('an outage', () => {
  test.each<ErrorCode>(['provider-unavailable', 'provider-unreachable', 'provider-answer-lost'])(
    '(%s) opens the circuit after seven failures: nothing is sent any more',
    async (code) => {
      on.broken = code;
      const ids = await on.many(20);
      const ends = await on.work(ids);
      expect(on.calls).toHaveLength(7);
      expect(ends.slice(0, 6)).toMatchObject(Array(6).fill({ end: 'again' }));
      // Ten seconds, and the jitter of a first try.
      expect(ends.slice(7)).toEqual(Array(13).fill({ end: 'again', delaySeconds: 13 }));
      expect(on.world.log.of('submission-delayed').slice(7)).toEqual(Array(13).fill(waits('circuit-open')));
      expect(on.world.log.of('circuit-opened')).toEqual([{ event: 'circuit-opened', program: 'program-a', code }]);
      const last = ids.at(-1) ?? nobody;
      expect(await on.record(last)).not.toHaveProperty('waiting');
      expect(await submit(last, 4, on.container())).toEqual({ end: 'done', poll: false });
      expect(await on.record(last)).toMatchObject({
        status: 'queued',
        waiting: true,
        reason: { code: 'circuit-open', detail: code },
      });
    },
  );

  test('does not stop other programs', async () => {
    on.broken = 'provider-unavailable';
    await on.work(await on.many(10));
    expect(await on.work(await on.many(10, 'program-b'))).toEqual(Array(10).fill({ end: 'done', poll: true }));
  });

  test('is known within seconds to the containers that have not met it', async () => {
    const other = on.container();
    const [first = nobody, later = nobody, ...rest] = await on.many(22);
    await on.work([first], other);
    on.broken = 'provider-unavailable';
    await on.work(rest);
    const made = on.calls.length;
    on.world.clock.advance(5000);
    expect(await on.work([later], other)).toEqual([{ end: 'again', delaySeconds: 8 }]);
    expect(on.calls).toHaveLength(made);
  });

  test('is tried by one probe at a time, seldomer with each that fails, by whichever container', async () => {
    on.broken = 'provider-unavailable';
    const ids = await on.many(12);
    await on.work(ids);
    const gaps: number[] = [];
    for (let seconds = 0, last = 0; seconds < 1300; seconds += 1) {
      on.world.clock.advance(1000);
      on.calls = [];
      await on.work(ids.slice(seconds % 6, (seconds % 6) + 3));
      if (on.calls.length > 0) gaps.push(seconds - last);
      if (on.calls.length > 0) last = seconds;
      expect(on.calls.length).toBeLessThanOrEqual(1);
    }
    expect(gaps.slice(1)).toEqual([20, 40, 80, 160, 240, 240, 240, 240]);
  });

  test('fault 49: that lasts is waited for in the table, though a probe is due soon or under way', async () => {
    on.broken = 'provider-unavailable';
    const ids = await on.many(12);
    await on.work(ids);
    const waitOf = async (afterSeconds: number) => {
      on.world.clock.advance(afterSeconds * 1000);
      return on.work([await on.accepted()]);
    };
    // The probes after 10, 20 and 40 seconds: the third opening of the circuit is the last short one.
    for (const seconds of [10, 20]) expect(await waitOf(seconds)).toMatchObject([{ end: 'again' }]);
    expect(await waitOf(5)).toMatchObject([{ end: 'again' }]);
    await waitOf(35);
    for (const seconds of [1, 40, 38]) expect(await waitOf(seconds)).toEqual([{ end: 'done', poll: false }]);
    expect(on.world.log.of('submission-delayed').slice(-3)).toEqual(
      Array(3).fill(expect.objectContaining({ waits: 'in the table' })),
    );
  });

  test('that is over is found out by the probe, and everything goes on', async () => {
    on.broken = 'provider-unavailable';
    const ids = await on.many(12);
    await on.work(ids);
    on.broken = undefined;
    on.world.clock.advance(10_000);
    await on.work(ids);
    expect(on.world.log.of('circuit-closed')).toEqual([{ event: 'circuit-closed', program: 'program-a' }]);
    expect(new Set(on.world.store.all().map(({ status }) => status))).toEqual(new Set(['submitted']));
  });

  test('is waited for as long as the provider asks', async () => {
    on.world.provider.submit = async () => {
      throw new IssuanceError('provider-unavailable', { retryAfterSeconds: 600 });
    };
    const ids = await on.many(9);
    await on.work(ids);
    on.world.clock.advance(599_000);
    expect(await on.work(ids.slice(8))).toEqual([{ end: 'done', poll: false }]);
    on.world.provider.submit = async () => ({ receipt: { reference: 'r' }, knownAs: 'r' });
    on.world.clock.advance(1_000);
    expect(await on.work(ids.slice(8))).toEqual([{ end: 'done', poll: true }]);
  });

  test('is not waited for longer than a few hours, whatever the provider asks', async () => {
    const works = on.world.provider.submit;
    on.world.provider.submit = async () => {
      throw new IssuanceError('provider-unavailable', { retryAfterSeconds: 10 ** 9 });
    };
    await on.work(await on.many(7));
    on.world.provider.submit = works;
    on.world.clock.advance(3 * 3600_000);
    expect(await on.work(await on.many(1))).toEqual([{ end: 'done', poll: true }]);
  });

  test('a probe that dies keeps the next one away for a minute only', async () => {
    on.broken = 'provider-unavailable';
    const ids = await on.many(9);
    await on.work(ids);
    on.world.clock.advance(10_000);
    await on.container().circuits.admit('program-a', issuanceId('iss_dies'));
    on.calls = [];
    on.broken = undefined;
    await on.work(ids);
    expect(on.calls).toEqual([]);
    on.world.clock.advance(60_000);
    await on.work(ids);
    expect(on.calls.length).toBe(9);
  });
});

describe('fault 51: one that came from the waiting room, by a message that counts no tries,', () => {
  async function waiting(size: number): Promise<IssuanceId[]> {
    on.broken = 'provider-unavailable';
    const ids = await on.many(7 + size);
    await on.work(ids);
    for (const id of ids.slice(7)) await submit(id, 4, on.container());
    return ids.slice(7);
  }

  test('goes back there when it was the probe and failed', async () => {
    const [id = nobody] = await waiting(1);
    on.world.clock.advance(10_000);
    expect(await on.work([id])).toEqual([{ end: 'done', poll: false }]);
    expect(on.calls).toHaveLength(8);
    expect(await on.record(id)).toMatchObject({ waiting: true, reason: { code: 'provider-unavailable' } });
  });

  test('goes back there when another was faster to be the probe', async () => {
    const [id = nobody] = await waiting(1);
    on.world.clock.advance(10_000);
    const late = on.container();
    const admit = late.circuits.admit.bind(late.circuits);
    late.circuits.admit = async (program, own) => {
      await on.container().circuits.admit(program, issuanceId('iss_faster'));
      return admit(program, own);
    };
    expect(await on.work([id], late)).toEqual([{ end: 'done', poll: false }]);
    expect(await on.record(id)).toMatchObject({ waiting: true, reason: { code: 'circuit-open' } });
  });

  test('stays there, at no write, while the circuit is open', async () => {
    const [id = nobody] = await waiting(1);
    const before = await on.record(id);
    expect(await on.work([id])).toEqual([{ end: 'done', poll: false }]);
    expect(await on.record(id)).toEqual(before);
  });
});

test('while a probe is under way the wait is short, for it may end at any moment', async () => {
  on.broken = 'provider-unavailable';
  const [id = nobody, ...ids] = await on.many(9);
  await on.work(ids);
  on.world.clock.advance(10_000);
  await on.container().circuits.admit('program-a', issuanceId('iss_probe'));
  expect(await on.work([id])).toEqual([{ end: 'again', delaySeconds: 1 + 3 }]);
});

describe('what is no outage', () => {
  test.each<ErrorCode>([
    'provider-rate-limited',
    'provider-rejected-claims',
    'holder-refused-consent',
    'signing-key-unavailable',
    'secret-unavailable',
  ])('%s leaves it closed', async (code) => {
    on.broken = code;
    await on.work(await on.many(12));
    expect(on.calls).toHaveLength(12);
    expect(on.world.log.of('circuit-opened')).toEqual([]);
  });

  test('one issuance that fails again and again', async () => {
    on.broken = 'provider-unavailable';
    const id = await on.accepted();
    const ports = on.container();
    for (let tries = 0; tries < 20; tries += 1) {
      await on.work([id], ports);
      on.world.clock.advance(60_000);
    }
    expect(on.calls).toHaveLength(20);
  });

  test('failures with successes between them', async () => {
    const ports = on.container();
    for (let round = 0; round < 5; round += 1) {
      on.broken = 'provider-unavailable';
      await on.work(await on.many(6), ports);
      on.broken = undefined;
      await on.work(await on.many(1), ports);
    }
    expect(on.calls).toHaveLength(35);
  });

  test('costs no write, and one read a second', async () => {
    await on.work(await on.many(50));
    expect([on.store.reads, on.store.writes]).toEqual([1, 0]);
  });
});

test('a failure of the circuits keeps no issuance back', async () => {
  on.store.get = () => Promise.reject(new Error('throttled'));
  on.broken = undefined;
  expect(await on.work(await on.many(2))).toEqual(Array(2).fill({ end: 'done', poll: true }));
  on.broken = 'provider-unavailable';
  expect(await on.work(await on.many(1))).toMatchObject([{ end: 'again' }]);
});
