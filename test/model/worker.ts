/** A worker's steps, one read, write or call at a time, as lib/submit/submit.ts, lease.ts and attempt.ts do them. */
import { hasTrait } from '../../lib/issuance/status.ts';
import { call, wait } from './call-steps.ts';
import { catchUp, lookAtLastOwner, readSlot, shutOut, take } from './lease-steps.ts';
import { type Emit, type Goes, idle } from './moves.ts';
import type { Rules } from './rules.ts';
import { type Issue, names, type State, type WorkerAt } from './state.ts';
import { released, replaced, withWorker } from './store.ts';
import { at } from './time.ts';

/** Everything this worker may do next. It can be slow at any point: another's step is always possible too. */
export function workerSteps(state: State, index: number, rules: Rules, emit: Emit) {
  const worker = state.workers[index];
  if (worker === undefined) return;
  const goes: Goes = (label, next, from = state) => emit(`worker ${index + 1} ${label}`, withWorker(from, index, next));
  switch (worker.at) {
    case 'idle':
      return receive(state, goes);
    case 'record-read':
      return readSlot(state, worker.own, rules, goes);
    case 'slot-read':
      return lookAtLastOwner(state, worker, rules, goes);
    case 'shutting-out':
      return shutOut(state, worker, rules, goes);
    case 'catching-up':
      return catchUp(state, worker, goes);
    case 'taking':
      return take(state, worker, rules, goes);
    case 'writing':
      return write(state, worker, rules, goes);
    case 'calling':
      return call(state, worker, rules, goes);
    case 'waiting':
      return wait(state, worker, rules, goes);
    case 'releasing': {
      const { held, receipt } = worker;
      return goes('releases the lease', idle, released(state, held.lease, at(state.now), receipt));
    }
  }
}

/** A message may come at any time, any number of times: what has ended is seen at once and left alone. */
function receive(state: State, goes: Goes) {
  for (const name of names(state)) {
    const own = state.records[name];
    if (own === undefined || !hasTrait(own.status, 'moves', 'worker')) continue;
    goes(`gets the message of ${name} and reads its record (${own.status})`, { at: 'record-read', own });
  }
}

function write(state: State, worker: WorkerAt<'writing'>, rules: Rules, goes: Goes) {
  const { next: own, held, after } = worker;
  const what = `${own.id} ${own.status}${own.status === 'submitted' ? ` with the receipt ${own.knownAs}` : ''}`;
  const written = replaced(state, own, rules);
  if (written === undefined) {
    const label = `may not write ${what}: it has been written since`;
    return goes(label, held === undefined ? idle : { at: 'releasing', held });
  }
  if (held === undefined) return goes(`writes ${what}`, idle, written);
  if (after === 'release') {
    const receipt = own.status === 'submitted' ? own.knownAs : undefined;
    return goes(`writes ${what}`, { at: 'releasing', held, ...(receipt && { receipt }) }, written);
  }
  goes(`writes ${what}`, { at: 'calling', own, held, what: after }, after === 'post' ? begun(written, own) : written);
}

/** A new call is in doubt from here on: what the holder has already is older than it. */
function begun(state: State, { id }: Issue): State {
  const since = state.provider.since.filter((name) => name !== id);
  return { ...state, provider: { ...state.provider, since } };
}
