/** Where an issuance ends without a credential, or is parked because nobody knows whether there is one. */
import type { Attempt, IssuanceIn, Reason, Receipt } from '../issuance.ts';
import { type Before, enter, type Moved } from './step.ts';

interface Failure {
  reason: Reason;
  /** So many older ones of its slot are not issued because of it. */
  superseded?: number | undefined;
  /** The last one, of which nothing is unknown. */
  attempt?: Attempt | undefined;
  /** What the provider told at the end. */
  receipt?: Receipt | undefined;
  dueAt: string;
}

/** It will not happen. */
export function failed(
  from: IssuanceIn<Before<'failed'>>,
  { reason, superseded, attempt, receipt, dueAt }: Failure,
  now: Date,
): Moved<IssuanceIn<'failed'>> {
  const known = { ...(attempt && { attempt }), ...(receipt && { receipt }), ...(superseded && { superseded }) };
  return { record: { ...enter(from, 'failed', now, reason.code), reason, ...known, dueAt }, moved: true };
}

interface Uncertainty {
  reason: Reason;
  attempt: Attempt;
  dueAt: string;
}

/** It cannot be found out whether the provider issued it. */
export function uncertain(from: IssuanceIn<'submitting'>, end: Uncertainty, now: Date): Moved<IssuanceIn<'uncertain'>> {
  return { record: { ...enter(from, 'uncertain', now, end.reason.code), ...end }, moved: true };
}

interface Supersession {
  reason: Reason;
  dueAt: string;
}

/** A newer event of its slot made it pointless. */
export function superseded(from: IssuanceIn<'queued'>, end: Supersession, now: Date): Moved<IssuanceIn<'superseded'>> {
  return { record: { ...enter(from, 'superseded', now, end.reason.code), ...end }, moved: true };
}
