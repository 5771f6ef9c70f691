/**
 * Workers that can change nothing any more: a newer lease, or a later write, has made everything they would do void. They
 * are idle already, or have only their lease to release; whatever they could still do, a worker like that can do too.
 */
import { withLate } from './late-calls.ts';
import { idle, successor } from './moves.ts';
import type { Rules } from './rules.ts';
import type { Held, Issue, SlotCopy, State, Worker } from './state.ts';
import { at } from './time.ts';

/** The state with the workers whose turn is over in all but name where their turn ends. */
export function withoutSpent(state: State, rules: Rules): State {
  let next = state;
  for (const [index, worker] of state.workers.entries()) {
    const rest = restOf(next, worker, rules);
    if (rest === worker) continue;
    const late = worker.at === 'waiting' ? withLate(next, worker) : next.late;
    next = { ...next, workers: next.workers.with(index, rest), late };
  }
  return next;
}

function restOf(state: State, worker: Worker, rules: Rules): Worker {
  switch (worker.at) {
    case 'idle':
    case 'record-read':
      return worker;
    case 'slot-read':
    case 'taking':
    case 'catching-up':
      return isYounger(state, worker.slot) ? idle : worker;
    case 'shutting-out':
      return isYounger(state, worker.slot) || !mayWrite(state, worker.next, rules) ? idle : worker;
    case 'writing': {
      if (mayWrite(state, worker.next, rules)) return worker;
      return worker.held === undefined ? idle : releasing(state, worker.held);
    }
    case 'calling':
      return !rules.callsAfterLease && worker.held.lease.until <= at(state.now) ? idle : worker;
    case 'waiting':
      if (at(state.now) <= worker.ends) return worker;
      return mayWrite(state, successor(worker.own, worker.own.status, rules), rules)
        ? worker
        : releasing(state, worker.held);
    case 'releasing':
      return isYounger(state, worker.held) ? idle : worker;
  }
}

function mayWrite({ records }: State, next: Issue, { mayReplace }: Rules): boolean {
  const current = records[next.id];
  return current !== undefined && mayReplace(current, next);
}

function releasing(state: State, held: Held): Worker {
  return isYounger(state, held) ? idle : { at: 'releasing', held };
}

/** Whether the slot has a younger lease than the one in this copy. */
function isYounger({ slot }: State, { lease }: SlotCopy): boolean {
  return (slot.lease?.token ?? 0) > (lease?.token ?? 0);
}
