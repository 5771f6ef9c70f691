/** Properties of moves and delays. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitSeconds } from '../../lib/confirm/poll-schedule.ts';
import { type ErrorCode, errorCodes } from '../../lib/issuance/error-codes.ts';
import { retryDelaySeconds } from '../../lib/issuance/retry-delay.ts';
import { isFinal, mayFollow, statuses } from '../../lib/issuance/status.ts';
import { write } from '../../lib/issuance/write.ts';
import { issuanceId, issuanceIn } from '../fakes/issuance-in.ts';
import { stepsOf } from '../fakes/steps.ts';
import { World } from '../fakes/world.ts';

describe('fault 20: any sequence of moves', () => {
  const status = fc.constantFrom(...statuses);
  const fence = fc.integer({ min: 0, max: 3 });
  const step = fc.record({ choice: fc.nat(), fence, stale: fc.boolean() });

  test('stays within the table, never leaves an end, never goes back to an older fence', async () => {
    await fc.assert(
      fc.asyncProperty(status, fc.array(step, { maxLength: 25 }), async (start, steps) => {
        const world = new World();
        const first = issuanceIn(start);
        world.store.put(first);
        for (const { choice, fence: token, stale } of steps) {
          const before = (await world.store.get(issuanceId)) ?? first;
          const read = stale ? first : before;
          const possible = stepsOf(read, world.clock.now(), token);
          const chosen = possible[choice % possible.length];
          if (chosen !== undefined) await write(chosen, world.ports());
          const after = (await world.store.get(issuanceId)) ?? first;
          if (after.status !== before.status) expect(mayFollow(before.status, after.status)).toBe(true);
          if (isFinal(before.status)) expect(after).toEqual(before);
          expect(after.sequence - before.sequence).toBeLessThanOrEqual(1);
          expect(after.attempt?.fence ?? 0).toBeGreaterThanOrEqual(before.attempt?.fence ?? 0);
          expect(after.history.length).toBeLessThanOrEqual(20);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('delays', () => {
  const code = fc.constantFrom(...(Object.keys(errorCodes) as ErrorCode[]));
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test('before a try are whole seconds, at least one, at most what was asked for and a quarter of an hour', () => {
    fc.assert(
      fc.property(code, fc.nat(1e6), fc.nat(1e12), random, (given, tries, retryAfter, value) => {
        const delay = retryDelaySeconds(given, tries + 1, retryAfter, () => value);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(Math.max(1, Math.min(retryAfter, 3600)));
        expect(delay).toBeLessThanOrEqual(Math.min(retryAfter, 3600) + 900);
      }),
    );
  });

  test('between two rounds are whole seconds from 1 to 900', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(4e8), (round, elapsed) => {
        const wait = waitSeconds(round, elapsed);
        expect(Number.isInteger(wait) && wait >= 1 && wait <= 900).toBe(true);
      }),
    );
  });
});
