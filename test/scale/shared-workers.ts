/** Two programs behind the same workers, as deployed, in virtual time; the provider of one of them stops answering. */

import { type WorkerPorts, worker } from '../../functions/worker/handler.ts';
import { accept } from '../../lib/accept/accept.ts';
import { type ConfirmPorts, confirm } from '../../lib/confirm/confirm.ts';
import type { PollerState } from '../../lib/confirm/poller-state.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { Provider } from '../../lib/issuance/provider.ts';
import { type ReconcilePorts, reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { type CallCeilings, callCeilings } from '../../lib/providers/call-rate/call-ceilings.ts';
import { SharedCircuitBreaker } from '../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { circuitStates } from '../../lib/submit/circuit-breaker/circuit-states.ts';
import { faulty } from '../fakes/faulty.ts';
import { InMemoryCallTimes } from '../fakes/in-memory-call-times.ts';
import { InMemoryQueue } from '../fakes/in-memory-queue.ts';
import { submission } from '../fakes/scripted-provider.ts';
import { SingleProgram } from '../fakes/single-program.ts';
import { World } from '../fakes/world.ts';
import { Random } from '../simulation/random.ts';
import { Timeline } from '../simulation/timeline.ts';

export const healthy = 'program-well';
export const hanging = 'program-hangs';

/** Defaults of the configuration. */
const workers = 5;
const batchSize = 10;
const deadlineMs = 10_000;
const reconcileEveryMs = 300_000;
/** A call that is answered takes so long, and its confirmation follows after so long at most. */
const [fastestMs, slowestMs] = [200, 800];
const confirmedAfterMs = 4000;

type Ports = WorkerPorts & ConfirmPorts & ReconcilePorts;

/** From acceptance to submission and to confirmation, in milliseconds. */
export interface Waited {
  submitted: number[];
  confirmed: number[];
}

export class SharedWorkers {
  readonly #timeline = new Timeline(Date.parse('2026-11-22T09:00:00.000Z'));
  readonly #clock = { now: () => new Date(this.#timeline.now) };
  readonly #world = new World();
  readonly #queue = new InMemoryQueue(this.#clock, { visibilityMs: 390_000 });
  readonly #random: Random;
  readonly #idle: (() => void)[] = [];
  readonly #stopped = new Set<string>();
  /** The ceiling of each program that has an account with one. */
  readonly #ceilings: Readonly<Record<string, { callsPerSecond: number }>>;
  readonly #times = new InMemoryCallTimes();
  /** When each program's provider was called. */
  readonly #calls = new Map<string, number[]>();
  #events = 0;
  /** The most calls of the workers that were with the hanging provider at once. */
  mostHanging = 0;
  #hangingNow = 0;

  constructor(seed: number, ceilings: Readonly<Record<string, { callsPerSecond: number }>> = {}) {
    this.#random = new Random(seed);
    this.#ceilings = ceilings;
    for (let each = 0; each < workers; each += 1) void this.#serve(this.#ports());
    void this.#reconcileAgain(this.#ports());
  }

  get now(): number {
    return this.#timeline.now;
  }

  /** From here on this program's provider takes every call and answers none. */
  hang(program: string): void {
    this.#stopped.add(program);
  }

  forgetMostHanging(): void {
    this.mostHanging = 0;
  }

  /** Runs for so long, with so many events a second of each of these programs. */
  async run(forMs: number, perSecond: Readonly<Record<string, number>>): Promise<void> {
    const end = this.now + forMs;
    for (const [program, rate] of Object.entries(perSecond)) this.#arrive(program, 1000 / rate, end);
    this.#timeline.after(forMs, () => undefined);
    await this.#timeline.run(() => this.now >= end);
  }

  /** Calls to a program's provider between these times, of workers and pollers. */
  callsOf(program: string, from: number, to: number): number[] {
    return this.#callsTo(program).filter((time) => time >= from && time < to);
  }

  /** What those of a program waited that were accepted between these times. */
  waited(program: string, from: number, to: number): Waited {
    const waited: Waited = { submitted: [], confirmed: [] };
    for (const { history, acceptedAt, ...issuance } of this.#world.store.all()) {
      const accepted = Date.parse(acceptedAt);
      if (issuance.program !== program || accepted < from || accepted >= to) continue;
      for (const status of ['submitted', 'confirmed'] as const) {
        const at = history.findLast((entry) => entry.status === status)?.at;
        waited[status].push(at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at) - accepted);
      }
    }
    return waited;
  }

  #callsTo(program: string): number[] {
    const calls = this.#calls.get(program) ?? [];
    this.#calls.set(program, calls);
    return calls;
  }

  #arrive(program: string, everyMs: number, end: number): void {
    const gapMs = -Math.log(1 - this.#random.next()) * everyMs;
    if (this.now + gapMs >= end) return;
    this.#timeline.after(gapMs, () => {
      this.#events += 1;
      const changes = { program, idempotencyKey: `event-${this.#events}`, holder: `h${this.#events}@example.com` };
      void accept(this.#world.request(changes), this.#ports());
      this.#arrive(program, everyMs, end);
    });
  }

  /** One container of the worker: batch after batch, as the event source gives them. */
  async #serve(ports: Ports): Promise<void> {
    for (;;) {
      const records = this.#queue.receive(batchSize);
      if (records.length === 0) {
        await new Promise<void>((resolve) => this.#idle.push(resolve));
        continue;
      }
      const { batchItemFailures } = await worker({ Records: records }, ports);
      if (batchItemFailures.length > 0) throw new Error('The worker gave a message back');
      for (const record of records) this.#queue.delete(record);
    }
  }

  /** An execution of the poller, round by round. */
  async #follow(ids: readonly IssuanceId[]): Promise<void> {
    const ports = this.#ports();
    let state: PollerState = { ids, startedAt: this.#clock.now().toISOString(), round: 0 };
    for (;;) {
      const { next, waitSeconds, ...following } = await confirm(state, { ...ports, concurrency: 50 });
      if (next === 'done') return;
      state = following;
      await this.#sleep(waitSeconds * 1000);
    }
  }

  async #reconcileAgain(ports: Ports): Promise<void> {
    for (;;) {
      await this.#sleep(reconcileEveryMs);
      await reconcile(new Date(this.now + 240_000), ports);
    }
  }

  /** The ports of one container: a call of the table or the queue takes some milliseconds. */
  #ports(): Ports {
    const travel = () => this.#sleep(this.#random.between(4, 12));
    const log = { write: () => undefined };
    const clock = this.#clock;
    const ceilings = callCeilings(
      { accounts: this.#ceilings, callMs: deadlineMs, place: 'worker' },
      {
        times: faulty('times', this.#times, travel),
        now: () => this.now,
        sleep: (milliseconds) => this.#sleep(milliseconds),
        log,
      },
    );
    const circuits = faulty('circuits', this.#world.circuitStore, travel);
    const send = async (id: IssuanceId, delaySeconds = 0, tries = 1) => {
      await travel();
      await this.#queue.send(id, delaySeconds, tries);
      this.#timeline.after(delaySeconds * 1000, () => this.#idle.shift()?.());
    };
    return {
      ...this.#world.ports(({ call, when }) =>
        when === 'before' && !call.startsWith('pseudonyms') ? travel() : undefined,
      ),
      clock,
      log,
      random: () => this.#random.next(),
      concurrency: batchSize,
      queue: { send },
      programs: this.#programs(ceilings),
      callsLeft: ceilings,
      releasesPerSecond: (program) =>
        Math.min(workers * batchSize, (this.#ceilings[program]?.callsPerSecond ?? Infinity) / 2),
      circuits: new SharedCircuitBreaker({ store: circuits, clock, log }),
      circuitStates: circuitStates({ store: circuits, clock }),
      pollers: {
        start: async (ids) => {
          await travel();
          void this.#follow(ids);
        },
      },
    };
  }

  #programs(ceilings: CallCeilings): SingleProgram {
    const called = (program: string, byWorker = true) => this.#called(ceilings, program, byWorker);
    const confirmedFrom = (issuanceId: string) => {
      const spread = [...issuanceId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 100;
      return (confirmedAfterMs * spread) / 100;
    };
    const provider: Provider = {
      // As AIR Kit, the costlier of the two: a lost call settles first.
      askingMayIssue: true,
      submit: async ({ program, issuanceId }) => {
        await called(program);
        return submission(issuanceId);
      },
      recover: async ({ program, issuanceId }) => {
        await called(program);
        return { outcome: 'committed', submission: submission(issuanceId) };
      },
      check: async ({ program, issuanceId, begunAt }) => {
        await called(program, false);
        const isConfirmed = this.now - begunAt.getTime() > confirmedFrom(issuanceId);
        return isConfirmed ? { state: 'confirmed', assurance: 'on-chain' } : { state: 'pending' };
      },
    };
    return new SingleProgram(provider);
  }

  /** A call through the ceiling of the program's account. */
  async #called(ceilings: CallCeilings, program: string, byWorker: boolean): Promise<void> {
    const fetch = async () => {
      await this.#answered(program, byWorker);
      return { status: 200, headers: { get: () => null }, body: null };
    };
    const { signal } = new AbortController();
    const options = { method: 'GET', headers: {}, redirect: 'manual', signal } as const;
    await ceilings.limit(program, fetch)('https://provider.example', options);
  }

  async #answered(program: string, byWorker: boolean): Promise<void> {
    this.#callsTo(program).push(this.now);
    if (!this.#stopped.has(program)) return this.#sleep(this.#random.between(fastestMs, slowestMs));
    const places = byWorker ? 1 : 0;
    this.#hangingNow += places;
    this.mostHanging = Math.max(this.mostHanging, this.#hangingNow);
    await this.#sleep(deadlineMs);
    this.#hangingNow -= places;
    throw new IssuanceError('provider-answer-lost');
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#timeline.after(milliseconds, resolve));
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
