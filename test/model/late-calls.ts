/** Calls that nobody waits for any more, and that the provider may carry out all the same. */
import { bounds } from './rules.ts';
import type { LateCall, State, WorkerAt } from './state.ts';
import { tickOf } from './time.ts';

/** Whether a call that has ended on our side then may be carried out now. */
export function mayLand(ends: string, now: number): boolean {
  return now < tickOf(ends) + bounds.lateness;
}

/** The calls nobody waits for, once this worker does not wait any more either. */
export function withLate({ late, now }: State, worker: WorkerAt<'waiting'>): readonly LateCall[] {
  const { what, own, ends, answer } = worker;
  return answer === undefined && mayLand(ends, now) ? [...late, { what, own: own.id, until: ends }] : late;
}
