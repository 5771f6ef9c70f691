/** The ends of an issuance without a credential, and parking with an unknown outcome. */
import type { Attempt, IssuanceIn, Reason, Receipt } from '../issuance.ts';
import { type Before, enter, type LookedUp, type Moved } from './step.ts';

interface Failure {
  reason: Reason;
  /** The number of older issuances of its slot that are not issued because of it. */
  superseded?: number | undefined;
  /** The last attempt, without an unknown outcome. */
  attempt?: Attempt | undefined;
  /** The final information of the provider. */
  receipt?: Receipt | undefined;
  dueAt: string;
}

/** It fails. */
export function failed(
  from: LookedUp<Before<'failed'>>,
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

/** It cannot be determined whether the provider issued it. */
export function uncertain(from: IssuanceIn<'submitting'>, end: Uncertainty, now: Date): Moved<IssuanceIn<'uncertain'>> {
  return { record: { ...enter(from, 'uncertain', now, end.reason.code), ...end }, moved: true };
}

interface Supersession {
  reason: Reason;
  dueAt: string;
}

/** A newer event of its slot took precedence. */
export function superseded(from: LookedUp<'queued'>, end: Supersession, now: Date): Moved<IssuanceIn<'superseded'>> {
  return { record: { ...enter(from, 'superseded', now, end.reason.code), ...end }, moved: true };
}
