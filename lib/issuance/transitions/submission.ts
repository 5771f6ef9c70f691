/** The transitions by a worker: begun, in doubt, submitted, or queued again. */
import type { IssuanceId } from '../ids.ts';
import type { Attempt, IssuanceIn, OpenAttempt, Reason, Receipt } from '../issuance.ts';
import type { Submission } from '../provider.ts';
import { enter, type LookedUp, type Moved, type Stayed, type Step, stay } from './step.ts';

type Queued = LookedUp<'queued'>;
type Submitting = IssuanceIn<'submitting'>;

interface Begun {
  attempt: OpenAttempt;
  /** Id of the issuance whose credential the slot may have. */
  follows: IssuanceId | undefined;
  dueAt: string;
}

/** A worker holds the lease, and may call the provider once this is written. */
export function begun(from: Queued | Submitting, { attempt, follows, dueAt }: Begun, now: Date): Step<Submitting> {
  const begins = { attempt, dueAt, ...(follows !== undefined && { follows }) };
  if (from.status === 'submitting') {
    const { follows: _earlier, ...again } = out(from);
    return stay<Submitting>({ ...again, ...begins }, now);
  }
  const { follows: _earlier, ...entered } = enter(from, 'submitting', now);
  return { record: { ...entered, ...begins }, moved: true };
}

/** The adapter's progress is written before its next call. */
export function progressed(from: Submitting, progress: Receipt, dueAt: string, now: Date): Stayed<Submitting> {
  return stay<Submitting>({ ...out(from), progress, dueAt }, now);
}

interface Doubt {
  reason: Reason;
  attempt: OpenAttempt;
  dueAt: string;
}

/** It is unknown whether the provider acted: the outcome is determined later. */
export function leftInDoubt(from: Submitting, doubt: Doubt, now: Date): Stayed<Submitting> {
  return stay<Submitting>({ ...out(from), ...doubt }, now);
}

interface HandedOver {
  attempt: Attempt;
  dueAt: string;
}

/** The provider has accepted it. */
export function submitted(
  from: Submitting,
  { receipt, knownAs, offered, existing }: Submission,
  handedOver: HandedOver,
  now: Date,
): Moved<IssuanceIn<'submitted'>> {
  const { offered: _offered, existing: _existing, ...entered } = enter(from, 'submitted', now);
  const submission = { receipt, knownAs, ...(offered && { offered }), ...(existing && { existing }) };
  return { record: { ...entered, ...submission, submittedAt: now.toISOString(), ...handedOver }, moved: true };
}

interface TriedAgain {
  reason: Reason;
  /** The last attempt, without an unknown outcome; undefined if there was none. */
  attempt: Attempt | undefined;
  dueAt: string;
}

/** The provider has nothing of it: it is tried again later. */
export function putBack(from: Queued | Submitting, { attempt, ...later }: TriedAgain, now: Date): Step<Queued> {
  const last = attempt && { attempt };
  if (from.status === 'queued') {
    const { attempt: _attempt, ...again } = out(from);
    return stay<Queued>({ ...again, ...later, ...last }, now);
  }
  const { attempt: _attempt, ...entered } = enter(from, 'queued', now, later.reason.code);
  return { record: { ...entered, ...later, ...last }, moved: true };
}

interface Wait {
  dueAt: string;
  /** Default: the current value. */
  reason?: Reason;
}

/** It waits in the table, without a message. */
export function waiting(from: Queued | Submitting, wait: Wait, now: Date): Stayed<Queued | Submitting> {
  return stay<Queued | Submitting>({ ...from, ...wait, waiting: true }, now);
}

/** Out of the waiting room: a worker may process it after the next write. */
function out<From extends Queued | Submitting>({ waiting: _waiting, ...record }: From): Omit<From, 'waiting'> {
  return record;
}
