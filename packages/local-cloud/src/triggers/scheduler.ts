/** Runs scheduled functions at their rate, and immediately on request. */
import { randomUUID } from 'node:crypto';
import type { SchedulePlan } from '../template/plan-schedules.ts';

// setInterval allows at most 2^31 ms; a schedule of more than 24 days is never due on one machine.
const longestTimerMs = 2_147_483_647;

/** The inputs of schedules. */
export interface SchedulerParts {
  region: string;
  invokeFor: (schedule: SchedulePlan) => (functionName: string, event: unknown) => Promise<unknown>;
  onError: (error: unknown) => void;
}

/** All schedules of a local run. */
export class Scheduler {
  readonly #schedules: SchedulePlan[];
  readonly #parts: SchedulerParts;
  #timers: NodeJS.Timeout[] = [];

  constructor(schedules: SchedulePlan[], parts: SchedulerParts) {
    this.#schedules = schedules;
    this.#parts = parts;
  }

  /** Starts every timer; the first run of each comes after one period. */
  start(): void {
    this.#timers = this.#schedules.map((schedule) =>
      setInterval(
        () => {
          this.#run(schedule).catch(this.#parts.onError);
        },
        Math.min(schedule.everyMs, longestTimerMs),
      ),
    );
  }

  /** Runs a schedule now; found by its name or the beginning of its logical id. */
  async run(name: string): Promise<unknown> {
    const found = this.#schedules.filter((one) => one.name === name || one.logicalId.startsWith(name));
    const [schedule, other] = found;
    if (schedule && !other) return this.#run(schedule);
    const known = this.#schedules.map((one) => one.name).join(', ');
    throw new Error(`${found.length} schedules are called ${name}; there are: ${known}`);
  }

  /** Stops every timer. */
  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #run(schedule: SchedulePlan): Promise<unknown> {
    return this.#parts.invokeFor(schedule)(schedule.functionName, schedule.input ?? this.#event(schedule));
  }

  #event(schedule: SchedulePlan): object {
    const account = '000000000000';
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account,
      time: new Date().toISOString(),
      region: this.#parts.region,
      resources: [`arn:aws:events:${this.#parts.region}:${account}:rule/${schedule.name}`],
      detail: {},
    };
  }
}
