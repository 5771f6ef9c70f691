/** The services that start functions: the queue's event source, the poller's executions, the reconciler's schedule. */

import { worker } from '../../functions/worker/handler.ts';
import { expressLimitSeconds } from '../../lib/config/timings.ts';
import { confirm } from '../../lib/confirm/confirm.ts';
import type { PollerState } from '../../lib/confirm/poller-state.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { portsOf } from './process-ports.ts';
import { functionMs, reconcileEveryMs } from './settings.ts';
import { VirtualProcess } from './virtual-process.ts';
import type { World } from './world.ts';

const mostWorkers = 3;

/** Starts workers for messages that can be received. */
export class EventSource {
  readonly #world: World;
  #workers = 0;
  #nextLook = Number.POSITIVE_INFINITY;

  constructor(world: World) {
    this.#world = world;
    world.queueChanged = () => this.#planLook();
  }

  #planLook(): void {
    const { queue, timeline, random } = this.#world;
    const visibleAt = queue.nextVisibleAt?.getTime();
    if (visibleAt === undefined || this.#workers >= mostWorkers) return;
    const at = Math.max(visibleAt, timeline.now) + random.between(0, 50);
    if (at >= this.#nextLook) return;
    this.#nextLook = at;
    timeline.after(at - timeline.now, () => {
      if (at !== this.#nextLook) return;
      this.#nextLook = Number.POSITIVE_INFINITY;
      this.#look();
    });
  }

  #look(): void {
    const { queue, random, weather, timeline } = this.#world;
    const records = queue.receive(random.between(1, random.pick([1, 4, 10])));
    for (const record of records) {
      if (weather.strikes('message-delivered-twice', timeline.now, 0.3))
        void queue.postpone(record, random.between(0, 3));
    }
    if (records.length > 0) this.#work(records);
    this.#planLook();
  }

  #work(records: ReturnType<World['queue']['receive']>): void {
    const { queue, weather, timeline, chronicle } = this.#world;
    this.#workers += 1;
    const process = new VirtualProcess('worker', this.#world);
    chronicle.tell(
      process.name,
      () => `gets ${records.map(({ messageId, body }) => `${messageId} ${body}`).join(', ')}`,
    );
    const work = () => worker({ Records: records }, portsOf(process, this.#world));
    process.start(work, functionMs, (ending) => {
      this.#workers -= 1;
      const result = ending.how === 'returned' ? ending.result : undefined;
      const back = new Set(result?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const record of result ? records : []) {
        if (back.has(record.messageId) || weather.strikes('message-not-deleted', timeline.now, 0.3)) continue;
        queue.delete(record);
      }
      this.#planLook();
    });
  }
}

/**
 * Runs the poller's executions: check, wait, check again. The first one is EXPRESS: it may be started twice, passes on what is
 * open when a round dies or its time is over, and is ended after five minutes. A STANDARD one repeats a round that dies.
 */
export class Executions {
  readonly #world: World;
  /** Executions that go on. */
  open = 0;

  constructor(world: World) {
    this.#world = world;
    world.beginExecution = (ids, startedAt) => {
      const { timeline, weather } = world;
      const executions = weather.strikes('execution-started-twice', timeline.now, 0.2) ? 2 : 1;
      for (let each = 0; each < executions; each += 1) this.#begin({ ids, startedAt, round: 0, express: true });
    };
  }

  #begin(state: PollerState): void {
    const { timeline, random } = this.#world;
    this.open += 1;
    timeline.after(random.between(1, 500), () => this.#round(state, 1, timeline.now + expressLimitSeconds * 1000));
  }

  #handOver({ ids, startedAt, round, holds }: PollerState): void {
    this.open -= 1;
    this.#begin({ ids, startedAt, round, ...(holds && { holds }) });
  }

  #round(state: PollerState, attempt: number, expressUntil: number): void {
    const { timeline, weather, random } = this.#world;
    const process = new VirtualProcess('poller', this.#world);
    const work = () => confirm(state, portsOf(process, this.#world));
    process.start(work, functionMs, (ending) => {
      if (state.express && timeline.now >= expressUntil) {
        this.open -= 1;
        return;
      }
      const lost = weather.strikes('round-answer-lost', timeline.now, 0.2);
      if (ending.how !== 'returned' || lost) {
        if (state.express) return this.#handOver(state);
        const ceiling = Math.min(300_000, 2_000 * 2 ** Math.min(attempt, 10));
        return timeline.after(random.between(0, ceiling), () => this.#round(state, attempt + 1, expressUntil));
      }
      const { next, waitSeconds, ...after } = ending.result;
      if (next === 'done' || this.#isStopped(after.ids)) {
        this.open -= 1;
        return;
      }
      if (next === 'hand-over') return this.#handOver(state.express ? after : { ...after, round: 0 });
      timeline.after(waitSeconds * 1000, () => this.#round(after, 1, expressUntil));
    });
  }

  /** Someone stops an execution, but not between a write and its announcement: that one would never be told. */
  #isStopped(ids: readonly IssuanceId[]): boolean {
    const { weather, timeline, chronicle } = this.#world;
    if (ids.some((id) => chronicle.followed.get(id)?.record.status !== 'submitted')) return false;
    return weather.strikes('execution-stopped', timeline.now, 0.1);
  }
}

/** Starts the reconciler when its time has come; a pass that would find nothing is left out, as it has no effect. */
export function scheduleReconcile(world: World, tick: () => void): void {
  const { timeline, chronicle, untold } = world;
  const pass = () => {
    const now = new Date(timeline.now + world.clockJump).toISOString();
    const due = [...chronicle.followed.values()].some(({ record }) => {
      return record.dueAt < now && record.status !== 'confirmed';
    });
    if (due || untold.all().length > 0) {
      const process = new VirtualProcess('reconcile', world);
      const until = new Date(process.clock.now().getTime() + functionMs);
      process.start(
        () => reconcile(until, portsOf(process, world)),
        functionMs,
        () => undefined,
      );
    }
    tick();
    timeline.after(reconcileEveryMs, pass);
  };
  timeline.after(world.random.between(0, reconcileEveryMs), pass);
}
