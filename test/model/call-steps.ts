/** A worker's call to the provider, and what it makes of the answer, as lib/submit/attempt.ts and the AIR Kit recovery do. */
import { settled } from '../../lib/submit/doubt.ts';
import { withLate } from './late-calls.ts';
import { again, ending, type Goes, inDoubt, successor } from './moves.ts';
import { bounds, type Rules } from './rules.ts';
import type { Answer, State, WorkerAt } from './state.ts';
import { at } from './time.ts';

/** The function's time-out ends a worker before its lease ends, and its call with it. */
export function call(state: State, { own, held, what }: WorkerAt<'calling'>, rules: Rules, goes: Goes) {
  const deadline = at(state.now + bounds.call);
  const { until } = held.lease;
  if (!rules.callsAfterLease && until <= at(state.now)) return;
  const ends = rules.callsAfterLease || deadline < until ? deadline : until;
  const label = what === 'post' ? `posts ${own.id} with "revoke"` : `asks about ${own.id} with "ignore"`;
  goes(label, { at: 'waiting', own, held, what, ends });
}

export function wait(state: State, worker: WorkerAt<'waiting'>, rules: Rules, goes: Goes) {
  const { own, held, what, ends, answer } = worker;
  if (at(state.now) <= ends) {
    if (answer === undefined) refused(worker, rules, goes);
    else if (what === 'post')
      goes(`gets the answer ${answer.credential}`, ending(own, held, 'submitted', rules, answer.credential));
    else told(worker, answer, rules, goes);
  }
  lost(state, worker, rules, goes);
}

/** The provider certainly did not act: now is not the time (429), or it never will. */
function refused({ own, held, what, ends }: WorkerAt<'waiting'>, rules: Rules, goes: Goes) {
  const label = 'is told to come back later';
  if (what === 'ask') {
    const attempt = settled(inDoubt(held.lease.token, ends, rules));
    const next = successor(own, 'submitting', rules, { attempt });
    goes(label, { at: 'writing', own, next, held, after: 'release' });
    return goes(`${label}, for too long`, ending(own, held, 'uncertain', rules));
  }
  goes(label, ending(own, held, 'queued', rules));
  goes('is refused for good', ending(own, held, 'failed', rules));
}

/** No answer: it is found out later, once the call can no longer be carried out. */
function lost(state: State, worker: WorkerAt<'waiting'>, rules: Rules, goes: Goes) {
  const { own, held } = worker;
  const attempt = inDoubt(held.lease.token, at(state.now), rules);
  const next = successor(own, 'submitting', rules, { attempt });
  goes(
    'gets no answer',
    { at: 'writing', own, next, held, after: 'release' },
    { ...state, late: withLate(state, worker) },
  );
}

/** What the question says of the lost call. */
function told({ own, held }: WorkerAt<'waiting'>, { credential, isRecent }: Answer, rules: Rules, goes: Goes) {
  const label = `is told ${credential}`;
  if (!held.receipts.includes(credential) && isRecent) {
    return goes(`${label}, which the lost call issued`, ending(own, held, 'submitted', rules, credential));
  }
  goes(`${label}, so the lost call did nothing`, again(own, held, rules));
  // A date hardly older than the lost call decides nothing.
  if (!held.receipts.includes(credential)) {
    goes(`${label}, which may be of either`, ending(own, held, 'uncertain', rules));
  }
}
