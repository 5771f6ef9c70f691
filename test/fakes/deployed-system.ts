/** Worker, pollers and reconcile as they run in a deployment, in virtual time, with what CloudWatch would measure of them. */

import { accept } from '../../lib/accept/accept.ts';
import { measuresOf } from '../../lib/aws/log.ts';
import { metrics } from '../../lib/config/metrics.ts';
import type { Measured } from './alarm-evaluator.ts';
import type { FaultHook } from './faulty.ts';
import { Pipeline } from './pipeline.ts';

const stepMs = 10_000;
const minuteMs = 60_000;

/** What is broken: a hook on the ports of a part, or a part that does not run at all. */
export interface Breakage {
  worker?: FaultHook | 'away';
  poller?: FaultHook | 'away';
  reconcile?: FaultHook | 'away';
  trigger?: FaultHook;
}

export class DeployedSystem {
  readonly pipeline = new Pipeline();
  readonly measured: Measured[] = [];
  readonly #breakage: Breakage;
  readonly #reconcileEveryMs: number;
  #logged = 0;
  #oldestMessageAt: number | undefined;

  constructor(breakage: Breakage, reconcileMinutes: number) {
    this.#breakage = breakage;
    this.#reconcileEveryMs = reconcileMinutes * minuteMs;
  }

  get now(): number {
    return this.pipeline.world.clock.now().getTime();
  }

  /** Runs for so long; reconcile runs at each multiple of its period. `healthy` leaves the breakage out. */
  async run(forMs: number, healthy = false): Promise<void> {
    for (const end = this.now + forMs; this.now < end; this.pipeline.world.clock.advance(stepMs)) {
      if (this.now % this.#reconcileEveryMs < stepMs) {
        await this.#part('Reconcile', healthy ? undefined : this.#breakage.reconcile, (hook) =>
          this.pipeline.reconcile(hook),
        );
      }
      await this.#part('Worker', healthy ? undefined : this.#breakage.worker, (hook) => this.pipeline.work(hook));
      await this.#part('PollerCheckStatus', healthy ? undefined : this.#breakage.poller, (hook) =>
        this.pipeline.poll(hook),
      );
      this.#measureQueue(healthy);
    }
  }

  /** An event comes in, with or without its holder; the gateway counts a 5xx when it is not accepted. */
  async accept(lookup = false): Promise<void> {
    const { world } = this.pipeline;
    const { holder, ...rest } = world.request({ idempotencyKey: `event-${this.now}` });
    world.directory.holders.set('customer-7', holder);
    const who = lookup ? { lookup: 'customer-7' } : { holder };
    try {
      await accept({ ...rest, ...who }, world.ports(this.#breakage.trigger));
    } catch {
      this.#note('5xx', 'Api', 1);
    }
    this.#collect();
  }

  async #part(
    name: string,
    broken: FaultHook | 'away' | undefined,
    run: (hook?: FaultHook) => Promise<void>,
  ): Promise<void> {
    if (broken === 'away') return;
    try {
      await run(broken);
    } catch {
      this.#note('Errors', name, 1);
    }
    this.#collect();
  }

  /** The age that SQS knows: of what nobody has received. */
  #measureQueue(healthy: boolean): void {
    const untouched = this.pipeline.world.queue.bodies.length > 0 && !healthy && this.#breakage.worker === 'away';
    this.#oldestMessageAt = untouched ? (this.#oldestMessageAt ?? this.now) : undefined;
    if (this.#oldestMessageAt !== undefined && this.now % minuteMs < stepMs) {
      this.#note('ApproximateAgeOfOldestMessage', 'Queue', (this.now - this.#oldestMessageAt) / 1000);
    }
  }

  /** What was logged since, as the metrics it adds to. */
  #collect(): void {
    const { entries } = this.pipeline.world.log;
    for (const entry of entries.slice(this.#logged)) {
      for (const [key, of, value = 1] of measuresOf(entry)) this.#note(metrics[key].name, of, value);
    }
    this.#logged = entries.length;
  }

  #note(metric: string, of: string, value: number): void {
    this.measured.push({ metric, of, value, at: this.now });
  }
}
