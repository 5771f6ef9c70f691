/** How much work an expression may do, counted so that the same event gives the same answer on a slow machine. */
import { isFunction } from './function-marks.ts';

/** Units of work: an evaluated node, a visited value, 64 characters, or a run of a regular expression. */
const mostWork = 200_000;
const charactersPerUnit = 64;
/** Longest text an expression may make on its way, in characters. */
export const longestText = 256 * 1024;

/** What went over which limit; the message is in words of ours. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
}

export class WorkBudget {
  readonly #deadline: number;
  #left = mostWork;

  /** `deadline` in milliseconds since 1970. */
  constructor(deadline: number) {
    this.#deadline = deadline;
  }

  /** What is left of the time, in milliseconds; never less than one. */
  get remainingMs(): number {
    const left = this.#deadline - Date.now();
    if (left <= 0) throw new LimitExceeded('it takes too long');
    return Math.max(1, Math.ceil(left));
  }

  spend(units: number): void {
    this.#left -= units;
    if (!(this.#left >= 0)) throw new LimitExceeded('it does too much work: a loop, a recursion or too large a result');
  }

  /** Pays for every value in a value. What is there twice is paid for twice, as it will be when it is written out. */
  weigh(value: unknown): void {
    const pending: unknown[] = [value];
    while (pending.length > 0) {
      const next = pending.pop();
      this.spend(1);
      if (typeof next === 'string') this.#weighText(next);
      if (typeof next !== 'object' || next === null || isFunction(next)) continue;
      const members = Array.isArray(next) ? next : Object.values(next);
      // Paid for before they are copied: an array of millions must not be.
      this.spend(members.length);
      for (const member of members) pending.push(member);
    }
  }

  #weighText(text: string): void {
    if (text.length > longestText) throw new LimitExceeded('it makes too long a string');
    this.spend(Math.ceil(text.length / charactersPerUnit));
  }
}
