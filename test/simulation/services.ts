/** The services that start functions: the queue's event source, the poller's executions, the reconciler's schedule. */

import { worker } from '../../functions/worker/handler.ts';
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

/** Runs the poller's executions: check, wait, check again; a round that dies is repeated. */
export class Executions {
  readonly #world: World;
  /** Executions that go on. */
  open = 0;

  constructor(world: World) {
    this.#world = world;
    world.beginExecution = (ids, startedAt) => {
      this.open += 1;
      world.timeline.after(world.random.between(1, 500), () => this.#round({ ids, startedAt, round: 0 }, 1));
    };
  }

  #round(state: PollerState, attempt: number): void {
    const { timeline, weather, random } = this.#world;
    const process = new VirtualProcess('poller', this.#world);
    const work = () => confirm(state, portsOf(process, this.#world));
    process.start(work, functionMs, (ending) => {
      const lost = weather.strikes('round-answer-lost', timeline.now, 0.2);
      if (ending.how !== 'returned' || lost) {
        const ceiling = Math.min(300_000, 2_000 * 2 ** Math.min(attempt, 10));
        return timeline.after(random.between(0, ceiling), () => this.#round(state, attempt + 1));
      }
      const { next, waitSeconds, ...after } = ending.result;
      if (next === 'done' || this.#isStopped(after.ids)) {
        this.open -= 1;
        return;
      }
      const following = next === 'hand-over' ? { ...after, round: 0 } : after;
      timeline.after(waitSeconds * 1000, () => this.#round(following, 1));
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
