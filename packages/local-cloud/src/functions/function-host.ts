/** Runs every function of the plan in threads and invokes them by name. */
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../aws/service-error.ts';
import { functionName } from '../template/function-name.ts';
import type { FunctionPlan } from '../template/plan-functions.ts';
import { FunctionProcess } from './function-process.ts';

/** How functions are run; `threads` by function name. Default: 1. */
export interface HostOptions {
  environment: (plan: FunctionPlan) => Record<string, string>;
  log: (plan: FunctionPlan) => Writable;
  threads?: Record<string, number>;
}

interface Pool {
  plan: FunctionPlan;
  size: number;
  processes: FunctionProcess[];
}

/** All functions of a local run. */
export class FunctionHost {
  readonly #pools = new Map<string, Pool>();
  readonly #options: HostOptions;
  #running = 0;
  #stopped = false;

  constructor(plans: FunctionPlan[], options: HostOptions) {
    this.#options = options;
    for (const plan of plans) {
      this.#pools.set(plan.name, { plan, size: options.threads?.[plan.name] ?? 1, processes: [] });
    }
  }

  /** Loads every function; fails with the name of the first that cannot be loaded. */
  async start(): Promise<void> {
    const all = [...this.#pools.values()].flatMap((pool) => Array.from({ length: pool.size }, () => this.#add(pool)));
    await Promise.all(all.map((one) => one.ready()));
  }

  /** Invokes a function by name or ARN; fails with a FunctionError if the function does. */
  async invoke(reference: string, event: unknown): Promise<unknown> {
    const pool = this.#pools.get(functionName(reference));
    if (!pool) throw new ServiceError('ResourceNotFoundException', `Function not found: ${reference}`, 404);
    this.#running += 1;
    try {
      return await this.#pick(pool).invoke(event);
    } finally {
      this.#running -= 1;
    }
  }

  /** Waits until no invocation runs, up to a time limit. */
  async idle(longestMs: number): Promise<void> {
    const end = Date.now() + longestMs;
    while (this.#running > 0 && Date.now() < end) await sleep(20);
  }

  /** Ends every thread. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const all = [...this.#pools.values()].flatMap((pool) => pool.processes);
    await Promise.all(all.map((one) => one.terminate()));
  }

  #add(pool: Pool): FunctionProcess {
    const made = new FunctionProcess(pool.plan, this.#options.environment(pool.plan), this.#options.log(pool.plan));
    pool.processes.push(made);
    return made;
  }

  /** The usable thread with the fewest invocations; threads that have ended are replaced. */
  #pick(pool: Pool): FunctionProcess {
    if (this.#stopped) throw new ServiceError('ServiceException', 'the local run is stopping', 503);
    pool.processes = pool.processes.filter((one) => one.usable);
    while (pool.processes.length < pool.size) this.#add(pool);
    return pool.processes.reduce((least, one) => (one.load < least.load ? one : least));
  }
}
