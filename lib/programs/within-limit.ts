/** Runs a computation that can be stopped: a pattern that backtracks would hold the whole function, and its batch. */
import { createContext, Script } from 'node:vm';

/** Longest a check of claims may take, in milliseconds; one of a usual size takes less than one. */
const longestMs = 100;
/** A machine that is busy or was halted uses up the time without computing; then there is another try with more of it. */
const mostTries = 3;

// V8 interrupts a regular expression only when it runs inside a script with a time-out.
const script = new Script('compute()');
/** A context takes a millisecond to make and a check does not wait, so there is one for all. */
let shared: { compute?: () => unknown } | undefined;

/** What `compute` gives; undefined when it takes more than its share of processor time, or more stack than there is. */
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

/** An error of another context is of another class. */
function has(error: unknown, member: 'name' | 'code', value: string): boolean {
  return typeof error === 'object' && error !== null && (error as Record<string, unknown>)[member] === value;
}
