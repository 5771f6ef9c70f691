/** The time that the expressions of an event may take together, in processor time. */
import { machineBusy, processorMs } from '../../issuance/processor-time.ts';

/** For all rules of an event. On a cold start, the rules of an event take some ten milliseconds. */
const mostMs = 1500;

/** A machine that gives less than about a tenth of its time has no result before the caller stops waiting. */
const clockMsPerMs = 8;

export class RuleTime {
  readonly #mostMs: number;
  readonly #clockEnd: number;
  #usedMs = 0;
  #start: NodeJS.CpuUsage | undefined;

  /** Default: the time for all rules of an event. In milliseconds. */
  constructor(maxMs: number = mostMs) {
    this.#mostMs = maxMs;
    this.#clockEnd = performance.now() + maxMs * clockMsPerMs;
  }

  /** Remaining processor time; 0 or less if it is used up. Throws `service-unavailable` if the machine did not give it. */
  leftMs(): number {
    const left = this.#mostMs - this.#usedMs - (this.#start === undefined ? 0 : processorMs(this.#start));
    if (left > 0 && performance.now() > this.#clockEnd) throw machineBusy();
    return left;
  }

  /** Counts the time of this evaluation only; others run before and after it. */
  async during<Result>(run: () => Promise<Result>): Promise<Result> {
    return oneAtATime(async () => {
      this.#start = process.threadCpuUsage();
      try {
        return await run();
      } finally {
        this.#usedMs += processorMs(this.#start);
        this.#start = undefined;
      }
    });
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Evaluations only compute, so nothing is gained by mixing them, and then the time of each can be measured. */
function oneAtATime<Result>(run: () => Promise<Result>): Promise<Result> {
  const result = last.then(run);
  last = result.catch(() => undefined);
  return result;
}
