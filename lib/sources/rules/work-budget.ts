/** The amount of work an expression may do, counted so that the same event has the same result on a slow machine. */
import { isFunction } from './function-marks.ts';

/** Units of work: an evaluated node, a visited value, 64 characters, or a run of a regular expression. */
const mostWork = 200_000;
const charactersPerUnit = 64;
/** Maximum length of an intermediate string, in characters. */
export const longestText = 256 * 1024;

/** The limit that was exceeded; the message contains nothing of the event. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
}

export class WorkBudget {
  readonly #deadline: number;
  readonly #ofTheEvent: WeakSet<object>;
  #left = mostWork;

  /** `deadline` in milliseconds since 1970; `ofTheEvent` are the objects and arrays that the event itself consists of. */
  constructor(deadline: number, ofTheEvent: WeakSet<object>) {
    this.#deadline = deadline;
    this.#ofTheEvent = ofTheEvent;
  }

  /** The remaining time in milliseconds; at least one. */
  get remainingMs(): number {
    const left = this.#deadline - Date.now();
    if (left <= 0) throw new LimitExceeded('it takes too long');
    return Math.max(1, Math.ceil(left));
  }

  spend(units: number): void {
    this.#left -= units;
    if (!(this.#left >= 0)) throw new LimitExceeded('it does too much work: a loop, a recursion or too large a result');
  }

  /** Counts every value in a value. A value that occurs twice counts twice, because it is also written twice. */
  weigh(value: unknown): void {
    this.#weigh(value, () => true);
  }

  /** The same, but of an object or array of the event only its members: a rule may pick from a large event what it needs. */
  weighShallow(value: unknown): void {
    this.#weigh(value, (container) => !this.#ofTheEvent.has(container));
  }

  #weigh(value: unknown, enters: (container: object) => boolean): void {
    const pending: unknown[] = [value];
    while (pending.length > 0) {
      const next = pending.pop();
      this.spend(1);
      if (typeof next === 'string') this.#weighText(next);
      if (typeof next !== 'object' || next === null || isFunction(next)) continue;
      const members = Array.isArray(next) ? next : Object.values(next);
      // Counted before they are copied, so that an array of millions is never copied.
      this.spend(members.length);
      if (!enters(next)) continue;
      for (const member of members) pending.push(member);
    }
  }

  #weighText(text: string): void {
    if (text.length > longestText) throw new LimitExceeded('it makes too long a string');
    this.spend(Math.ceil(text.length / charactersPerUnit));
  }
}
