/**
 * A state's name: two states with one name have the same future. Times count from now, and those that can change
 * nothing any more are alike; tokens count by their order; a copy is fresh or stale; workers and calls have no order.
 */
import { statuses } from '../../lib/issuance/status.ts';
import { isSame } from '../fakes/in-memory-slots.ts';
import { bounds } from './rules.ts';
import type { Issue, SlotCopy, State, Worker } from './state.ts';
import { tickOf } from './time.ts';

export function nameOf(state: State): string {
  return new Naming(state).name();
}

class Naming {
  readonly #state: State;
  readonly #tokens: readonly number[];

  constructor(state: State) {
    this.#state = state;
    const tokens = new Set([0]);
    for (const issue of [state.records.a, state.records.b]) if (issue?.attempt) tokens.add(issue.attempt.fence);
    if (state.slot.lease) tokens.add(state.slot.lease.token);
    for (const worker of state.workers) addTokens(worker, tokens);
    this.#tokens = [...tokens].sort((x, y) => x - y);
  }

  name(): string {
    const { slot, records, provider, workers, late, retried } = this.#state;
    const { live = '', since, issued } = provider;
    const calls = late.map(({ what, own, until }) => `${what[0]}${own}${this.#time(until, bounds.lateness)}`);
    return [
      this.#slot(slot),
      this.#issue(records.a),
      this.#issue(records.b),
      `${live}${since.join('')}${issued.a}${issued.b}${retried.join('')}`,
      calls.sort().join(''),
      ...workers.map((worker) => this.#worker(worker)).sort(),
    ].join('|');
  }

  /** Ticks from now; everything `memory` ticks ago or longer is alike. */
  #time(time: string, memory = 0): number {
    return Math.max(tickOf(time) - this.#state.now, -memory);
  }

  #slot({ newest, lease, receipts }: SlotCopy): string {
    const leased = lease ? `${lease.owner}${this.#tokens.indexOf(lease.token)}${this.#time(lease.until)}` : '';
    return `${newest}${leased},${receipts.join('')}`;
  }

  #issue(issue: Issue | undefined): string {
    if (issue === undefined) return '';
    const { status, attempt, knownAs = '' } = issue;
    if (attempt === undefined) return `${statuses.indexOf(status)}`;
    const { fence, openSince, settlesAt } = attempt;
    const doubt = `${openSince === undefined ? '' : 'd'}${settlesAt === undefined ? '' : this.#time(settlesAt)}`;
    return `${statuses.indexOf(status)}${this.#tokens.indexOf(fence)}${knownAs}${doubt}`;
  }

  /** A copy of a record: what is in it, and by how many writes it is behind. */
  #copy(issue: Issue): string {
    const behind = issue.sequence - (this.#state.records[issue.id]?.sequence ?? 0);
    return `${issue.id}${this.#issue(issue)}${Math.max(behind, -1)}`;
  }

  #seen(slot: SlotCopy): string {
    return `${this.#slot(slot)}${isSame(slot.lease, this.#state.slot.lease) ? '=' : ''}`;
  }

  #worker(worker: Worker): string {
    switch (worker.at) {
      case 'idle':
        return 'i';
      case 'record-read':
        return `R${this.#copy(worker.own)}`;
      case 'slot-read':
      case 'taking':
        return `${worker.at[0]}${this.#copy(worker.own)}/${this.#seen(worker.slot)}`;
      case 'shutting-out':
        return `o${this.#copy(worker.own)}/${this.#seen(worker.slot)}/${this.#copy(worker.next)}`;
      case 'catching-up':
        return `u${this.#copy(worker.own)}/${this.#seen(worker.slot)}/${worker.receipt}`;
      case 'writing':
        return `w${this.#copy(worker.next)}/${worker.held ? this.#slot(worker.held) : ''}/${worker.after}`;
      case 'calling':
        return `c${this.#copy(worker.own)}/${this.#slot(worker.held)}/${worker.what}`;
      case 'waiting': {
        const { own, held, what, ends, answer } = worker;
        const came = answer ? `${answer.credential}${answer.isRecent}` : '';
        return `a${this.#copy(own)}/${this.#slot(held)}/${what}${this.#time(ends, bounds.lateness)}${came}`;
      }
      case 'releasing':
        return `r${this.#slot(worker.held)}/${worker.receipt ?? ''}`;
    }
  }
}

function addTokens(worker: Worker, tokens: Set<number>): void {
  if ('own' in worker && worker.own.attempt) tokens.add(worker.own.attempt.fence);
  if ('next' in worker && worker.next.attempt) tokens.add(worker.next.attempt.fence);
  if ('slot' in worker && worker.slot.lease) tokens.add(worker.slot.lease.token);
  if ('held' in worker && worker.held) tokens.add(worker.held.lease.token);
}
