/** The whole way from the queue to the confirmation over a test's world: worker, pollers and reconcile, step by step. */

import { type WorkerPorts, worker } from '../../functions/worker/handler.ts';
import { type ConfirmPorts, confirm } from '../../lib/confirm/confirm.ts';
import type { PollerState } from '../../lib/confirm/poller-state.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { Programs } from '../../lib/issuance/program.ts';
import { isResting } from '../../lib/issuance/status.ts';
import { type ReconcilePorts, reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { type FaultHook, faulty } from './faulty.ts';
import { HonestProvider } from './honest-provider.ts';
import { SingleProgram } from './single-program.ts';
import { World } from './world.ts';

const mostTurns = 300;
const turnMs = 60_000;

export class Pipeline {
  readonly world = new World();
  readonly provider = new HonestProvider();
  /** Used instead of the one provider when set. */
  programs: Programs | undefined;
  readonly #rounds: PollerState[] = [];

  ports(hook: FaultHook = () => undefined): WorkerPorts & ConfirmPorts & ReconcilePorts {
    const programs = this.programs ?? new SingleProgram(faulty('provider', this.provider, hook));
    return { ...this.world.ports(hook), programs };
  }

  /** One batch of the worker; what it does not give back is deleted, as the event source does. */
  async work(hook?: FaultHook, size = 10): Promise<void> {
    const { queue } = this.world;
    const messages = queue.receive(size);
    if (messages.length === 0) return;
    const { batchItemFailures } = await worker({ Records: messages }, this.ports(hook));
    const back = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of messages) if (!back.has(message.messageId)) queue.delete(message);
  }

  /** One round of each poller that is not done; a round that throws is run again, as its execution would. */
  async poll(hook?: FaultHook): Promise<void> {
    const { pollers, clock } = this.world;
    const startedAt = clock.now().toISOString();
    for (const ids of pollers.started.splice(0)) this.#rounds.push({ ids, startedAt, round: 0, express: true });
    for (const state of this.#rounds.splice(0)) {
      this.#rounds.push(state);
      const { next, express: _express, ...following } = await confirm(state, this.ports(hook));
      this.#rounds.pop();
      if (next === 'wait') this.#rounds.push({ ...following, ...(state.express && { express: true }) });
      if (next === 'hand-over') this.#rounds.push(following);
    }
  }

  /** Ends the executions that were started. */
  stopPollers(): void {
    this.world.pollers.started.splice(0);
    this.#rounds.splice(0);
  }

  reconcile(hook?: FaultHook): Promise<void> {
    return reconcile(new Date(this.world.clock.now().getTime() + turnMs), this.ports(hook));
  }

  /** Goes on without faults until every issuance rests; throws when one does not within hours. */
  async settle(): Promise<Issuance[]> {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      await this.work();
      await this.poll();
      await this.reconcile();
      const all = this.world.store.all();
      if (this.world.queue.bodies.length === 0 && all.every(({ status }) => isResting(status))) return all;
      this.world.clock.advance(turnMs);
    }
    throw new Error('Some issuances never came to rest');
  }
}
