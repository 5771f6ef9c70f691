/** What every store of accounts' call times promises; run against the fake and against DynamoDB. */
import { expect, test } from 'vitest';
import { type Claim, maxAheadMs } from '../../lib/providers/call-rate/block-rule.ts';
import type { CallTimes } from '../../lib/providers/call-rate/ports.ts';

const now = Date.parse('2026-11-22T09:00:00.000Z');
const claim = (changes: Partial<Claim> = {}): Claim => ({ from: now, latest: now + 2000, lengthMs: 500, ...changes });

/** `make` gives a store that knows of no account. */
export function callTimesContract(make: () => CallTimes): void {
  test('the first block begins where it was asked for, the next one where it ends', async () => {
    const times = make();
    expect(await times.take('one', claim())).toBe(now);
    expect(await times.take('one', claim())).toBe(now + 500);
    expect(await times.take('one', claim({ lengthMs: 1000 / 3 }))).toBeCloseTo(now + 1000, 3);
    expect(await times.take('one', claim())).toBeCloseTo(now + 1000 + 1000 / 3, 3);
  });

  test('blocks taken at the same time do not overlap, and the limit of the wait holds for all', async () => {
    const times = make();
    const taken = await Promise.all(Array.from({ length: 10 }, () => times.take('one', claim())));
    const begun = taken.filter((time) => time !== undefined).toSorted((a, b) => a - b);
    expect(begun).toEqual([0, 500, 1000, 1500, 2000].map((offset) => now + offset));
  });

  test('one that would begin too late is refused and moves nothing', async () => {
    const times = make();
    await times.take('one', claim({ lengthMs: 2001 }));
    expect(await times.take('one', claim())).toBeUndefined();
    expect(await times.take('one', claim({ latest: now + 2001 }))).toBe(now + 2001);
  });

  test('a time that is over is no debt and no credit', async () => {
    const times = make();
    await times.take('one', claim());
    const later = now + 60_000;
    expect(await times.take('one', claim({ from: later, latest: later }))).toBe(later);
    expect(await times.take('one', claim({ from: later, latest: later }))).toBeUndefined();
  });

  test('a time that cannot be true is begun again', async () => {
    const times = make();
    await times.take('one', claim({ from: now + maxAheadMs, latest: now + maxAheadMs }));
    expect(await times.take('one', claim({ from: now + 500 }))).toBeUndefined();
    expect(await times.take('one', claim({ from: now + 499 }))).toBe(now + 499);
    expect(await times.take('one', claim())).toBe(now + 999);
  });

  test('accounts do not touch each other', async () => {
    const times = make();
    await times.take('one', claim());
    expect(await times.take('other', claim())).toBe(now);
  });
}
