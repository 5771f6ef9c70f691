/** Everything that happens without a worker's doing: time, crashes, the provider, acceptance, the poller, an operator. */

import { hasTrait } from '../../lib/issuance/status.ts';
import { mayLand, withLate } from './late-calls.ts';
import { type Emit, idle, successor } from './moves.ts';
import type { Rules } from './rules.ts';
import { type Answer, type LateCall, type Name, names, ranks, type State, type Worker } from './state.ts';
import { replaced, withWorker } from './store.ts';
import { workerSteps } from './worker.ts';

/** Which events there are: `b`, the newer one, may come at any time. */
export interface Cast {
  newer: boolean;
}

/** Everything that may happen next. */
export function steps(state: State, rules: Rules, { newer }: Cast, emit: Emit): void {
  emit('time passes', {
    ...state,
    now: state.now + 1,
    late: state.late.filter((one) => mayLand(one.until, state.now + 1)),
  });
  for (const [index, worker] of state.workers.entries()) {
    workerSteps(state, index, rules, emit);
    if (hasActed(worker)) emit(`worker ${index + 1} dies`, crashed(state, index, worker));
    if (worker.at === 'waiting' && worker.answer === undefined && mayLand(worker.ends, state.now)) {
      const [provider, answer] = carriedOut(state, worker.what, worker.own.id);
      const next = withWorker({ ...state, provider }, index, { ...worker, answer });
      emit(`the provider carries out the call of worker ${index + 1}: ${answer.credential}`, next);
    }
  }
  for (const late of state.late) landLate(state, late, emit);
  if (newer) accept(state, emit);
  for (const name of names(state)) leaveAlone(state, name, rules, emit);
}

/** One that has only read leaves nothing behind: to die is then the same as never to have begun. */
function hasActed({ at }: Worker): boolean {
  return at === 'writing' || at === 'calling' || at === 'waiting' || at === 'releasing';
}

function crashed(state: State, index: number, worker: Worker): State {
  const late = worker.at === 'waiting' ? withLate(state, worker) : state.late;
  return { ...withWorker(state, index, idle), late };
}

function landLate(state: State, late: LateCall, emit: Emit): void {
  const [provider, { credential }] = carriedOut(state, late.what, late.own);
  const label = `the provider carries out a call of ${late.own} that nobody waits for any more: ${credential}`;
  emit(label, { ...state, provider, late: state.late.filter((one) => one !== late) });
}

/** `revoke` replaces what the holder has; `ignore` gives it, or issues what is missing. */
function carriedOut(state: State, what: 'post' | 'ask', own: Name): [State['provider'], Answer] {
  const { provider } = state;
  if (what === 'ask' && provider.live !== undefined) {
    return [provider, { credential: provider.live, isRecent: provider.since.includes(own) }];
  }
  const issued = { ...provider.issued, [own]: provider.issued[own] + 1 };
  const live = `${own}${issued[own]}`;
  const since = names(state).filter((name) => state.records[name]?.attempt?.openSince !== undefined);
  return [
    { live, since, issued },
    { credential: live, isRecent: true },
  ];
}

/** The record is written before the slot hears of it; a worker that reads the slot for it makes up for that. */
function accept(state: State, emit: Emit): void {
  const { records, slot } = state;
  if (records.b === undefined) {
    const b = { id: 'b' as const, rank: ranks.b, status: 'queued' as const, sequence: 1 };
    emit('the newer event b is accepted', { ...state, records: { ...records, b } });
  } else if (slot.newest < ranks.b) {
    emit('the slot hears of b', { ...state, slot: { ...slot, newest: ranks.b } });
  }
}

/** What the poller and an operator do with a record no worker has. */
function leaveAlone(state: State, name: Name, rules: Rules, emit: Emit): void {
  const own = state.records[name];
  if (own === undefined) return;
  const moves = (label: string, to: 'confirmed' | 'unconfirmed' | 'queued', retried = state.retried) => {
    const next = replaced(state, successor(own, to, rules), rules);
    if (next !== undefined) emit(label, { ...next, retried });
  };
  if (own.status === 'submitted') moves(`the poller parks ${name}`, 'unconfirmed');
  if (own.status === 'submitted' || own.status === 'unconfirmed') moves(`the poller confirms ${name}`, 'confirmed');
  const isRetryable = hasTrait(own.status, 'retry', 'in-bulk') && !state.retried.includes(name);
  if (rules.operator && isRetryable) moves(`an operator puts ${name} back`, 'queued', [...state.retried, name]);
}
