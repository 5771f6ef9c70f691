/** Runs a computation that can be interrupted: a pattern that backtracks would block the whole function and its batch. */
import { createContext, Script } from 'node:vm';

/** Time limit of a check of claims, in milliseconds; a check of usual size takes less than one. */
const longestMs = 100;
/** On a busy or suspended machine, the time passes without computing; then the check is tried again with a longer limit. */
const mostTries = 3;

// V8 interrupts a regular expression only when it runs inside a script with a time-out.
const script = new Script('compute()');
/** Creating a context takes a millisecond, and checks are synchronous, so all share one context. */
let shared: { compute?: () => unknown } | undefined;

/** The result of `compute`; undefined if it exceeds its processor time or the stack. */
export function withinLimit<Result extends object>(compute: () => Result): Result | undefined {
  const before = process.threadCpuUsage();
  for (let tries = 0, limit = longestMs; tries < mostTries; tries += 1, limit *= 2) {
    let result: Result | undefined;
    try {
      run(() => {
        result = compute();
      }, limit);
      return result;
    } catch (error) {
      if (has(error, 'name', 'RangeError')) return undefined;
      if (!has(error, 'code', 'ERR_SCRIPT_EXECUTION_TIMEOUT')) throw error;
      const { user, system } = process.threadCpuUsage(before);
      if ((user + system) / 1000 >= longestMs / 2) return undefined;
    }
  }
  return undefined;
}

function run(compute: () => void, timeout: number): void {
  shared ??= createContext(Object.create(null)) as { compute?: () => unknown };
  shared.compute = compute;
  try {
    script.runInContext(shared as object, { timeout });
  } finally {
    delete shared.compute;
  }
}

/** An error of another context has another class. */
function has(error: unknown, member: 'name' | 'code', value: string): boolean {
  return typeof error === 'object' && error !== null && (error as Record<string, unknown>)[member] === value;
}
