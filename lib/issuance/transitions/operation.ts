/** The transitions by operators and reconcile: due later, queued again, or without personal data. */
import { never } from '../due.ts';
import type { IssuanceIn, PersonalData, Receipt, ToLookUp } from '../issuance.ts';
import type { StatusWith } from '../status.ts';
import { enter, type Moved, type Stayed, stay } from './step.ts';

type Open = IssuanceIn<StatusWith<'moves', 'worker' | 'poller'>>;

/** Reconcile processes it later. It leaves the waiting room. */
export function postponed(from: Open, dueAt: string, now: Date): Stayed<Open> {
  const { waiting: _waiting, ...record } = from;
  return stay<Open>({ ...record, dueAt }, now);
}

/** An issuance that can be retried: its holder is known. */
export type Retryable = Extract<IssuanceIn<StatusWith<'retry', 'by-id' | 'in-bulk'>>, PersonalData>;

interface Retry {
  queuedAt: string;
  dueAt: string;
  progress: Receipt;
  /** Ranks up to this one no longer overtake it. */
  passes?: string;
}

/** An operator puts it back on the queue. */
export function queuedAgain(from: Retryable, retry: Retry, now: Date): Moved<IssuanceIn<'queued'>> {
  return { record: { ...enter(from, 'queued', now), ...retry }, moved: true };
}

export type Retained = IssuanceIn<StatusWith<'personalData', 'retained'>>;

/** Ended or parked, without holder and claims. */
export type Nameless = Exclude<IssuanceIn<StatusWith<'stage', 'parked' | 'ended'>>, PersonalData | ToLookUp>;

/** Holder and claims of an ended or parked issuance are deleted: it is never due again. */
export function forgotten(from: Retained, now: Date): Stayed<Nameless> {
  const { holder: _holder, claims: _claims, progress: _progress, lookup: _lookup, ...record } = from;
  return stay<Nameless>({ ...record, dueAt: never }, now);
}

/** Its holder is erased while it waits: it fails. */
export function erased(from: IssuanceIn<'queued'>, now: Date): Moved<Nameless & { status: 'failed' }> {
  const code = 'holder-erased';
  const entered = enter(from, 'failed', now, code);
  const { holder: _holder, claims: _claims, progress: _progress, lookup: _lookup, ...record } = entered;
  return { record: { ...record, reason: { code }, dueAt: never }, moved: true };
}
