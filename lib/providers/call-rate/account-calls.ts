/** The calls of one account as one container makes them: each waits for its time, and times are taken in blocks. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Place } from '../../issuance/log-events.ts';
import { describeUnexpected } from '../../issuance/unexpected.ts';
import { blockFor, type Claim, maxLateMs, quietMs, timesOf } from './block-rule.ts';
import type { CallRatePorts } from './ports.ts';

export interface AccountCallSettings {
  account: string;
  callsPerSecond: number;
  /** The longest that a call waits for its time; half of it is the longest that it waits for the table. */
  maxWaitMs: number;
  /** Where a failure of the table is logged to have happened. */
  place: Place;
}

const recentMs = 1000;

/** Without an answer of the table no call is made: a ceiling is a promise, and without its table the pipeline stands anyway. */
export class AccountCalls {
  readonly #settings: AccountCallSettings;
  readonly #ports: CallRatePorts;
  /** Times that were taken and not used yet, earliest first. */
  #times: number[] = [];
  /** Times of the calls of the last second. */
  #recent: number[] = [];
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
    const leftMs = time - this.#ports.now();
    this.#recent.push(Math.max(time, this.#ports.now()));
    if (leftMs > 0) await this.#ports.sleep(leftMs);
  }

  /** Makes sure that there is a time for a call, and leaves it there. Throws `calls-limited` when there is none soon. */
  async ready(): Promise<void> {
    await this.#firstTime(() => this.#times[0]);
  }

  /** What `pick` gives as soon as there is a time. */
  async #firstTime(pick: () => number | undefined): Promise<number> {
    this.#waiting += 1;
    try {
      for (;;) {
        const now = this.#ports.now();
        this.#times = this.#times.filter((time) => time + maxLateMs >= now);
        const time = pick();
        if (time !== undefined) return time;
        if (now < this.#quietUntil) throw limited(this.#settings);
        this.#taking ??= this.#take().finally(() => {
          this.#taking = undefined;
        });
        await this.#taking;
      }
    } finally {
      this.#waiting -= 1;
    }
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
    const { maxWaitMs, place } = this.#settings;
    const late = sleep(maxWaitMs / 2).then(() => {
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

function limited({ maxWaitMs }: AccountCallSettings): IssuanceError {
  return new IssuanceError('calls-limited', { retryAfterSeconds: Math.max(1, Math.ceil(maxWaitMs / 1000)) });
}
