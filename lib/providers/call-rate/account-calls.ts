/** The calls of one account as one container makes them: each waits for its time, and times are taken in blocks. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Place } from '../../issuance/log-events.ts';
import { maxOpenSeconds } from '../../issuance/retry-delay.ts';
import { describeUnexpected } from '../../issuance/unexpected.ts';
import { blockFor, type Claim, maxLateMs, quietMs, timesOf } from './block-rule.ts';
import type { CallRatePorts } from './ports.ts';

export interface AccountCallSettings {
  account: string;
  callsPerSecond: number;
  /** The longest that a call waits for its time, and for the table. */
  maxWaitMs: number;
  maxTableMs: number;
  /** Where a failure of the table is logged to have happened. */
  place: Place;
}

const recentMs = 1000;
/** A promised call that is not made within this time is not waited for. */
const maxPromiseMs = 500;
/** A call is promised this long ahead at most: a worker's place that waits keeps other programs waiting. */
const soonMs = 200;
/** What finds no call for longer than this is more than a burst: it waits in the table, and not on the queue. */
const maxShortMs = 10_000;

/** Without an answer of the table no call is made: a ceiling is a promise, and without its table the pipeline stands anyway. */
export class AccountCalls {
  readonly #settings: AccountCallSettings;
  readonly #ports: CallRatePorts;
  /** Times that were taken and not used yet, earliest first. */
  #times: number[] = [];
  /** Times of the calls of the last second. */
  #recent: number[] = [];
  /** When calls were promised that have not been made yet. */
  #promised: number[] = [];
  #limited: { since: number; last: number } | undefined;
  #waiting = 0;
  #ownEnd = 0;
  /** Claims refused in a row, and until when none is made. */
  #refusals = 0;
  #quietUntil = 0;
  #taking: Promise<void> | undefined;

  constructor(settings: AccountCallSettings, ports: CallRatePorts) {
    this.#settings = settings;
    this.#ports = ports;
  }

  /** Returns when the next call may be made, and counts it. Throws `calls-limited` when that is not soon. */
  async next(): Promise<void> {
    const time = await this.#firstTime(() => this.#times.shift());
    this.#promised.shift();
    const leftMs = time - this.#ports.now();
    this.#recent.push(Math.max(time, this.#ports.now()));
    if (leftMs > 0) await this.#ports.sleep(leftMs);
  }

  /**
   * Promises a call that is about to be made, and does not take its time yet. Throws `calls-limited` when there is none
   * soon; once that has been so for long, with a wait for the waiting room.
   */
  async ready(): Promise<void> {
    try {
      await this.#firstTime(() => this.#promise());
    } catch (error) {
      if (this.#limitedForMs() < maxShortMs) throw error;
      throw new IssuanceError('calls-limited', { cause: error, retryAfterSeconds: maxOpenSeconds + 1 });
    }
  }

  /** The first time that was not promised yet, promised now if it is soon. */
  #promise(): number | undefined {
    const now = this.#ports.now();
    const time = this.#times[this.#promised.length];
    if (time === undefined) return undefined;
    if (time > now + soonMs) throw this.#refusal(now);
    this.#promised.push(now);
    return time;
  }

  /** What `pick` gives as soon as there is a time. */
  async #firstTime(pick: () => number | undefined): Promise<number> {
    this.#waiting += 1;
    try {
      for (;;) {
        const now = this.#ports.now();
        this.#times = this.#times.filter((time) => time + maxLateMs >= now);
        this.#promised = this.#promised.filter((time) => time + maxPromiseMs >= now);
        const time = pick();
        if (time !== undefined) return time;
        if (now < this.#quietUntil) throw this.#refusal(now);
        this.#taking ??= this.#take().finally(() => {
          this.#taking = undefined;
        });
        await this.#taking;
      }
    } finally {
      this.#waiting -= 1;
    }
  }

  #refusal(now: number): IssuanceError {
    const { since, last } = this.#limited ?? { since: now, last: now };
    this.#limited = { since: now - last > maxShortMs ? now : since, last: now };
    return new IssuanceError('calls-limited', { retryAfterSeconds: 1 });
  }

  /** How long calls have been refused, with no longer time between two refusals than `maxShortMs`. */
  #limitedForMs(): number {
    return this.#limited === undefined ? 0 : this.#limited.last - this.#limited.since;
  }

  /** Takes a block, or keeps quiet for a while. */
  async #take(): Promise<void> {
    const { account, callsPerSecond, maxWaitMs } = this.#settings;
    const now = this.#ports.now();
    this.#recent = this.#recent.filter((time) => time > now - recentMs);
    const demand = { waiting: this.#waiting, recent: this.#recent.length, ownEnd: this.#ownEnd };
    const block = blockFor({ now, callsPerSecond, maxWaitMs, ...demand });
    const beginning = block.from > block.latest ? undefined : await this.#answered(account, block);
    if (beginning === undefined) {
      this.#refusals += 1;
      this.#quietUntil = this.#ports.now() + quietMs(maxWaitMs, this.#refusals);
      return;
    }
    this.#refusals = 0;
    this.#times.push(...timesOf(block, beginning));
    this.#ownEnd = beginning + block.lengthMs;
  }

  /** What the table says; undefined when it refuses or does not answer in time. What it says later expires unused. */
  async #answered(account: string, block: Claim): Promise<number | undefined> {
    const { times, sleep, log } = this.#ports;
    const { maxTableMs, place } = this.#settings;
    const late = sleep(maxTableMs).then(() => {
      throw new Error('The table does not answer in time');
    });
    try {
      return await Promise.race([times.take(account, block), late]);
    } catch (error) {
      log.write(describeUnexpected(error, place));
      return undefined;
    }
  }
}
