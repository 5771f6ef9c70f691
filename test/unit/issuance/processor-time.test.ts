/** Fault 61: computations are limited by processor time; a machine that does not compute is no fault of the event. */
import { describe, expect, test } from 'vitest';
import { machineBusy, withinProcessorTime } from '../../../lib/issuance/processor-time.ts';

const sleep = new Int32Array(new SharedArrayBuffer(4));

/** Halted for so long, as a busy machine halts a function. */
function halt(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; ) Atomics.wait(sleep, 0, 0, 5);
}

const limit = 50;

describe('fault 61: a computation', () => {
  test('that was halted is tried again, and nothing is left of its time-out', () => {
    let runs = 0;
    const result = withinProcessorTime(limit, () => {
      runs += 1;
      if (runs === 1) halt(limit * 3);
      return { runs };
    });
    expect(result).toEqual({ runs: 2 });
    expect(withinProcessorTime(limit, () => ({ again: true }))).toEqual({ again: true });
  });

  test('that is halted each time ends in an error that a repeat resolves, and is not taken for too long', () => {
    expect(() =>
      withinProcessorTime(limit, () => {
        halt(Number.POSITIVE_INFINITY);
        return {};
      }),
    ).toThrow(expect.objectContaining({ code: machineBusy().code, kind: 'invalid' }));
  });

  test('that computes for longer gives nothing', () => {
    const backtracks = () => /^(a+)+$/.exec(`${'a'.repeat(60)}!`) ?? {};
    expect(withinProcessorTime(limit, backtracks)).toBeUndefined();
  });

  test('that exhausts the stack gives nothing', () => {
    const recursive = (): object => ({ ...recursive() });
    expect(withinProcessorTime(limit, recursive)).toBeUndefined();
  });

  test('that fails for another reason fails with it', () => {
    expect(() =>
      withinProcessorTime(limit, () => {
        throw new TypeError('ours');
      }),
    ).toThrow('ours');
  });
});
