/** The amount of work an expression may do, counted so that the same event has the same result on a slow machine. */
import { isFunction } from './function-marks.ts';
import type { RuleTime } from './rule-time.ts';

/** Units of work: an evaluated node, a visited value, 64 characters, or a run of a regular expression. */
const mostWork = 200_000;
const charactersPerUnit = 64;
/** Maximum length of an intermediate string, in characters. */
export const longestText = 256 * 1024;
/** The time is checked once per so many units: reading it takes about as long as some of them. */
const unitsPerCheck = 1000;

/** The limit that was exceeded; the message contains nothing of the event. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
}

export class WorkBudget {
  readonly time: RuleTime;
  readonly #ofTheEvent: WeakSet<object>;
  #left = mostWork;
  #nextCheck = mostWork;

  /** `ofTheEvent` are the objects and arrays that the event itself consists of. */
  constructor(time: RuleTime, ofTheEvent: WeakSet<object>) {
    this.time = time;
    this.#ofTheEvent = ofTheEvent;
  }

  spend(units: number): void {
    this.#left -= units;
    if (!(this.#left >= 0)) throw new LimitExceeded('it does too much work: a loop, a recursion or too large a result');
    if (this.#left > this.#nextCheck) return;
    this.#nextCheck = this.#left - unitsPerCheck;
    if (this.time.leftMs() <= 0) throw new LimitExceeded('it takes too long');
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
