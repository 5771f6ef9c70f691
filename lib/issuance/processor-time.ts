/**
 * Limits on processor time, for computations that an event could make run forever. Time on the clock is no measure: on a busy
 * or suspended machine it passes without computing, and a good event would be refused.
 */
import { createContext, Script } from 'node:vm';
import { IssuanceError } from './issuance-error.ts';

/** After a time-out by the clock, the computation is tried again with more time, at most so many times the limit. */
const mostTries = 4;
const mostClockMsPerMs = 40;

// V8 interrupts a regular expression only when it runs inside a script with a time-out.
const script = new Script('compute()');
/** Creating a context takes a millisecond, and computations are synchronous, so all share one context. */
let shared: { compute?: () => unknown } | undefined;

/** Processor time of this thread since `start`, in milliseconds. */
export function processorMs(start?: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** For an error on our side that a repeat resolves: the machine was too busy to find out whether the event is good. */
export function machineBusy(): IssuanceError {
  return new IssuanceError('service-unavailable', { detail: 'the machine is too busy at the moment' });
}

/**
 * The result of a synchronous computation; undefined if it exceeds `maxMs` of processor time, or the stack. Throws
 * `service-unavailable` if the machine did not give it this time.
 */
export function withinProcessorTime<Result extends object>(maxMs: number, compute: () => Result): Result | undefined {
  for (let tries = 0, clockMs = maxMs; tries < mostTries; tries += 1) {
    const start = process.threadCpuUsage();
    let result: Result | undefined;
    try {
      run(() => {
        result = compute();
      }, clockMs);
      return result;
    } catch (error) {
      if (has(error, 'name', 'RangeError')) return undefined;
      if (!has(error, 'code', 'ERR_SCRIPT_EXECUTION_TIMEOUT')) throw error;
      // V8 interrupts a little before or after the limit.
      const usedMs = processorMs(start);
      if (usedMs >= 0.9 * maxMs) return undefined;
      const enough = (1.5 * maxMs * clockMs) / Math.max(usedMs, 1);
      clockMs = Math.min(Math.max(2 * clockMs, enough), mostClockMsPerMs * maxMs);
    }
  }
  throw machineBusy();
}

function run(compute: () => void, timeout: number): void {
  shared ??= createContext(Object.create(null)) as { compute?: () => unknown };
  shared.compute = compute;
  try {
    script.runInContext(shared as object, { timeout: Math.max(1, Math.ceil(timeout)) });
  } finally {
    delete shared.compute;
  }
}

/** An error of another context has another class. */
function has(error: unknown, member: 'name' | 'code', value: string): boolean {
  return typeof error === 'object' && error !== null && (error as Record<string, unknown>)[member] === value;
}
