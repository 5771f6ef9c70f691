/** Keeps each call that was allowed once, and appends it to a file if a variable of the environment names one. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { MadeCall } from './calls.ts';

/** The variable with the path of the file. */
export const recordVariable = 'LOCAL_CLOUD_CALLS';

/** Collects the calls of one run. */
export class CallRecord {
  readonly calls: MadeCall[] = [];
  readonly #file: string | undefined;

  constructor(file: string | undefined = process.env[recordVariable]) {
    this.#file = file;
  }

  /** Adds a call; several runs may append to the same file. */
  add(call: MadeCall): void {
    this.calls.push(call);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(call)}\n`, { mode: 0o600 });
  }
}

/** The calls in a file, of all runs that appended to it. */
export function readCalls(file: string): MadeCall[] {
  if (!existsSync(file))
    throw new Error(`there is no file ${file}: ${recordVariable} names it for a run that writes it`);
  const lines = new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean));
  return [...lines].map((line) => JSON.parse(line) as MadeCall);
}
