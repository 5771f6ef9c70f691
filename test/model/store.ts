/** The table's conditional writes, under the conditions of the stores that pass the product's contract tests. */
import type { Lease } from '../../lib/issuance/slot.ts';
import { isSame } from '../fakes/in-memory-slots.ts';
import type { Rules } from './rules.ts';
import type { Issue, State, Worker } from './state.ts';

export function withWorker(state: State, index: number, worker: Worker): State {
  return { ...state, workers: state.workers.with(index, worker) };
}

/** The state after the write, or undefined when its condition does not hold. */
export function replaced(state: State, next: Issue, { mayReplace }: Rules): State | undefined {
  const current = state.records[next.id];
  if (current === undefined || !mayReplace(current, next)) return undefined;
  return { ...state, records: { ...state.records, [next.id]: next } };
}

export function acquired(state: State, lease: Lease<string>, seen: Lease<string> | undefined): State | undefined {
  if (!isSame(state.slot.lease, seen)) return undefined;
  return { ...state, slot: { ...state.slot, lease } };
}

/** The state after the release; the same when the slot is somebody else's by now. */
export function released(state: State, lease: Lease<string>, until: string, receipt?: string): State {
  const { slot } = state;
  if (slot.lease?.owner !== lease.owner || slot.lease.token !== lease.token) return state;
  const receipts =
    receipt === undefined || slot.receipts.includes(receipt) ? slot.receipts : [...slot.receipts, receipt];
  return { ...state, slot: { ...slot, receipts, lease: { ...slot.lease, until } } };
}
