/** What a worker writes next, and how its step is told. */

import type { OpenAttempt } from '../../lib/issuance/issuance.ts';
import type { Status } from '../../lib/issuance/status.ts';
import { settling } from '../../lib/submit/doubt.ts';
import type { Rules } from './rules.ts';
import type { Held, Issue, State, What, Worker } from './state.ts';
import { at, tickMs } from './time.ts';

/** Takes one thing that may happen next: in words, and the state after it. */
export type Emit = (label: string, next: State) => void;
/** The same for one worker: where it stands afterwards, in a state that has changed otherwise too. */
export type Goes = (label: string, worker: Worker, state?: State) => void;

export const idle: Worker = { at: 'idle' };

/** The record after this one; like the product, it stops at a move the life cycle does not have. */
export function successor(own: Issue, status: Status, rules: Rules, changes: Partial<Issue> = {}): Issue {
  if (status !== own.status && !rules.mayFollow(own.status, status)) {
    throw new Error(`The model moves ${own.id} from ${own.status} to ${status}`);
  }
  return { ...own, ...changes, status, sequence: own.sequence + 1 };
}

/** Written before the call: a worker that finds the record in this state knows that the provider may have acted. */
export function beginning(own: Issue, held: Held, what: What, rules: Rules): Worker {
  const { token: fence, until } = held.lease;
  // Should this worker die, none of its calls ends after the lease.
  const attempt = inDoubt(fence, until, rules);
  return { at: 'writing', own, next: successor(own, 'submitting', rules, { attempt }), held, after: what };
}

/** An attempt whose last call ended, or will have ended, at this time. */
export function inDoubt(fence: number, end: string, rules: Rules): OpenAttempt {
  const limits = { settlingMs: rules.settling * tickMs, retryMs: 0, retentionMs: 0 };
  return settling({ number: 1, fence, openSince: at(0) }, new Date(end), limits);
}

/** Written at the end of a turn. The outcome is known now, or given up for a person to find out. */
export function ending(own: Issue, held: Held, status: Status, rules: Rules, knownAs?: string): Worker {
  const attempt = { number: 1, fence: own.attempt?.fence ?? 0 };
  const next = successor(own, status, rules, { attempt, ...(knownAs !== undefined && { knownAs }) });
  return { at: 'writing', own, next, held, after: 'release' };
}

export function superseding(own: Issue, rules: Rules): Worker {
  return { at: 'writing', own, next: successor(own, 'superseded', rules), after: 'release' };
}

/** Nothing of it is under way: posted again, unless a newer event has come. */
export function again(own: Issue, held: Held, rules: Rules): Worker {
  if (held.newest > own.rank) return ending(own, held, 'queued', rules);
  return beginning(own, held, 'post', rules);
}
