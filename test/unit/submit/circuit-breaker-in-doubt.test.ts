/** A circuit breaker for calls that are refused to a whole account, and for calls whose outcome is unknown. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import type { IssuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { BreakableProvider } from '../../fakes/breakable-provider.ts';
import { nobody } from '../../fakes/ids.ts';

let on: BreakableProvider;

beforeEach(() => {
  on = new BreakableProvider();
});

describe('an account that is refused', () => {
  test.each<ErrorCode>(['provider-refused-signature', 'provider-refused-login', 'provider-feature-disabled'])(
    '(%s) fails two issuances, which ring; the others wait until it is fixed',
    async (code) => {
      on.broken = code;
      const ids = await on.many(30);
      await on.work(ids);
      expect(on.calls).toHaveLength(3);
      const failed = on.world.store.all().filter(({ status }) => status === 'failed');
      expect(failed.map(({ reason }) => reason?.code)).toEqual([code, code]);
      for (let hours = 0; hours < 24; hours += 1) {
        on.world.clock.advance(3600_000);
        await on.work(ids);
      }
      expect(on.world.store.all().filter(({ status }) => status === 'failed')).toHaveLength(2);
      on.broken = undefined;
      on.world.clock.advance(3600_000);
      await on.work(ids);
      expect(on.world.store.all().filter(({ status }) => status === 'submitted')).toHaveLength(28);
    },
  );

  test('ends in time: what waits longer than we keep trying has failed', async () => {
    on.broken = 'provider-refused-login';
    const ids = await on.many(5);
    await on.work(ids);
    on.world.clock.advance(73 * 3600_000);
    await on.work(ids.slice(4));
    expect(await on.record(ids[4] ?? nobody)).toMatchObject({
      status: 'failed',
      reason: { code: 'retries-exhausted' },
    });
  });
});

describe('a call whose outcome is unknown', () => {
  const committed = { outcome: 'committed', submission: { receipt: { reference: 'r' }, knownAs: 'r' } } as const;

  async function opened(size: number): Promise<IssuanceId[]> {
    on.broken = 'provider-answer-lost';
    const ids = await on.many(size);
    await on.work(ids);
    return ids;
  }

  test('fault 49: is found out about by one probe at a time while the circuit is open', async () => {
    const ids = await opened(9);
    expect(await on.work(ids.slice(0, 3))).toEqual(Array(3).fill({ end: 'again', delaySeconds: 13 }));
    expect(on.world.provider.recovered).toEqual([]);
    expect(await on.record(ids[0] ?? nobody)).toMatchObject({ status: 'submitting', reason: { code: 'circuit-open' } });
    on.world.clock.advance(10_000);
    on.world.provider.onRecover(new IssuanceError('provider-answer-lost'));
    await on.work(ids.slice(0, 3));
    expect(on.world.provider.recovered).toHaveLength(1);
    on.world.clock.advance(10_000);
    await on.work(ids.slice(0, 3));
    expect(on.world.provider.recovered).toHaveLength(1);
  });

  test('fault 49: and once it is, the next is at once, though nothing is handed over yet', async () => {
    const ids = await opened(9);
    on.world.clock.advance(10_000);
    on.world.provider.onRecover(committed, committed, committed);
    expect(await on.work(ids.slice(0, 3))).toEqual(Array(3).fill({ end: 'done', poll: true }));
    expect(on.world.log.of('circuit-closed')).toEqual([]);
  });

  test('fault 49: that did nothing is handed over as the same probe, which closes the circuit', async () => {
    const ids = await opened(9);
    on.broken = undefined;
    on.world.clock.advance(10_000);
    expect(await on.work(ids.slice(0, 1))).toEqual([{ end: 'done', poll: true }]);
    expect(on.world.log.of('circuit-closed')).toHaveLength(1);
  });

  test('fault 49: and is lost again when it is, leaves the circuit open for longer', async () => {
    const ids = await opened(9);
    on.calls = [];
    on.world.clock.advance(10_000);
    await on.work(ids.slice(0, 3));
    expect(on.calls).toHaveLength(1);
    on.world.clock.advance(19_000);
    await on.work(ids.slice(0, 3));
    expect(on.calls).toHaveLength(1);
  });

  test('fault 49: lets the next probe through when finding out ends in something that says nothing', async () => {
    const ids = await opened(9);
    on.world.clock.advance(10_000);
    on.world.provider.onRecover(new IssuanceError('outcome-unknown'), committed);
    expect(await on.work(ids.slice(0, 2))).toEqual([
      { end: 'done', poll: false },
      { end: 'done', poll: true },
    ]);
  });

  test.each<ErrorCode>(['outcome-unknown', 'provider-answer-lost'])(
    'fault 55: a refusal met in finding out about it (%s) counts',
    async (code) => {
      on.broken = 'provider-answer-lost';
      const ids = await on.many(3);
      await on.work(ids);
      const cause = new IssuanceError('provider-refused-login');
      on.world.provider.onRecover(...ids.map(() => new IssuanceError(code, { cause })));
      await on.work(ids);
      expect(on.world.log.of('circuit-opened')).toHaveLength(1);
    },
  );

  test('stays in doubt while the account is refused, and is not given up', async () => {
    on.broken = 'provider-answer-lost';
    const [first = nobody] = await on.many(1);
    await on.work([first]);
    on.broken = 'provider-refused-signature';
    await on.work(await on.many(4));
    const cause = new IssuanceError('provider-refused-signature');
    on.world.provider.onRecover(new IssuanceError('outcome-unknown', { cause }));
    expect(await on.work([first])).toEqual([{ end: 'again', delaySeconds: 13 }]);
    expect(await on.record(first)).toMatchObject({ status: 'submitting', reason: { code: 'circuit-open' } });
    expect((await on.record(first)).attempt).toHaveProperty('openSince');
  });
});
