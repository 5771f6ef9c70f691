/** One thread that runs one function: starts it, keeps track of its invocations, ends it. */
import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionPlan } from '../template/plan-functions.ts';
import { FunctionError } from './function-error.ts';
import type { Invocation, Report, ThreadData } from './function-messages.ts';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

const longestStartMs = 30_000;

/** A loaded function in its thread. */
export class FunctionProcess {
  readonly #plan: FunctionPlan;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #ready: Promise<void>;
  #next = 0;
  #load = 0;
  #alive = true;

  constructor(plan: FunctionPlan, env: Record<string, string>, log: Writable) {
    this.#plan = plan;
    const { name, arn, bundle, exportName, memoryMb } = plan;
    const workerData: ThreadData = { name, arn, bundle, exportName, memoryMb };
    const script = new URL('./function-thread.ts', import.meta.url);
    this.#worker = new Worker(script, { workerData, env, execArgv: [], stdout: true, stderr: true });
    this.#worker.stdout.pipe(log, { end: false });
    this.#worker.stderr.pipe(log, { end: false });
    this.#ready = this.#start();
    // Callers that await `ready` get the failure; there may be none if a thread ends during its start.
    this.#ready.catch(() => undefined);
    this.#worker.on('error', (error: unknown) => this.#end('Runtime.UnhandledError', String(error)));
    this.#worker.on('exit', (code) => this.#end('Runtime.ExitError', `the function exited with code ${code}`));
  }

  /** Whether the thread accepts new invocations. */
  get usable(): boolean {
    return this.#alive;
  }

  /** The number of invocations that run or wait. */
  get load(): number {
    return this.#load;
  }

  /** Resolves when the function is loaded, and fails with the reason if it cannot be loaded. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** Runs the handler once; a result after the function's time-out is an error. */
  async invoke(event: unknown): Promise<unknown> {
    this.#load += 1;
    try {
      await this.#ready;
      return await this.#send(event);
    } finally {
      this.#load -= 1;
    }
  }

  #send(event: unknown): Promise<unknown> {
    const id = this.#next++;
    const { timeoutMs } = this.#plan;
    const requestId = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#timeOut(id, requestId), timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      if (!this.#alive) return this.#settle(id, this.#error('Runtime.ExitError', 'the function has exited'));
      const invocation: Invocation = {
        id,
        requestId,
        event: JSON.stringify(event ?? null),
        deadline: Date.now() + timeoutMs,
      };
      this.#worker.postMessage(invocation);
    });
  }

  /** Ends the thread at once. */
  async terminate(): Promise<void> {
    this.#alive = false;
    await this.#worker.terminate();
  }

  #error(type: string, message: string, trace?: string[]): FunctionError {
    return new FunctionError(this.#plan.name, type, message, trace);
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (type: string, message: string): void => {
        this.#alive = false;
        reject(new Error(`function ${this.#plan.name} does not start: ${type}: ${message}`));
      };
      const timer = setTimeout(() => fail('Runtime.InitTimeout', 'it has not loaded in time'), longestStartMs);
      this.#worker.once('error', (error: unknown) => fail('Runtime.InitError', String(error)));
      this.#worker.once('exit', (code) => {
        clearTimeout(timer);
        fail('Runtime.ExitError', `exit code ${code}`);
      });
      this.#worker.on('message', (report: Report) => {
        if (report.kind === 'ready' || report.kind === 'broken') clearTimeout(timer);
        if (report.kind === 'ready') resolve();
        else if (report.kind === 'broken') fail(report.errorType, report.errorMessage);
        else this.#report(report);
      });
    });
  }

  #report(report: Exclude<Report, { kind: 'ready' | 'broken' }>): void {
    const outcome: FunctionError | { result: unknown } =
      report.kind === 'result'
        ? { result: JSON.parse(report.result) as unknown }
        : this.#error(report.errorType, report.errorMessage, report.trace);
    this.#settle(report.id, outcome);
  }

  #settle(id: number, outcome: FunctionError | { result: unknown }): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    if (outcome instanceof FunctionError) pending.reject(outcome);
    else pending.resolve(outcome.result);
    // After a time-out Lambda discards the execution environment; here the thread ends as soon as nothing else runs in it.
    if (!this.#alive && this.#pending.size === 0) void this.#worker.terminate();
  }

  #timeOut(id: number, requestId: string): void {
    this.#alive = false;
    const after = (this.#plan.timeoutMs / 1000).toFixed(2);
    const message = `RequestId: ${requestId} Error: Task timed out after ${after} seconds`;
    this.#settle(id, this.#error('Sandbox.Timedout', message));
  }

  #end(type: string, message: string): void {
    this.#alive = false;
    for (const id of Array.from(this.#pending.keys())) this.#settle(id, this.#error(type, message));
  }
}
