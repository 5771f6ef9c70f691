/** The transitions by a poller: confirmed, parked, or a completed receipt. */
import type { Assurance, IssuanceIn, PersonalData, Receipt } from '../issuance.ts';
import type { StatusWith } from '../status.ts';
import { enter, type Moved, type Stayed, stay } from './step.ts';

/** An issuance whose status can be requested: its holder is known. */
export type Asked = Extract<IssuanceIn<StatusWith<'moves', 'poller'>>, PersonalData>;

interface Confirmation {
  assurance: Assurance;
  receipt: Receipt;
  existing?: true;
  replaced?: true;
}

/** The provider confirms it. */
export function confirmed(from: Asked, confirmation: Confirmation, now: Date): Moved<IssuanceIn<'confirmed'>> {
  const { submittedAt } = from;
  const at = { submittedAt, dueAt: now.toISOString() };
  return { record: { ...enter(from, 'confirmed', now), ...at, ...confirmation }, moved: true };
}

interface Parking {
  reason: { code: 'not-confirmed-in-time' | 'provider-lost-track' | 'waits-in-inbox' | 'credential-revoked' };
  dueAt: string;
}

/** Past the deadline: its status is requested periodically. */
export function unconfirmed(
  from: IssuanceIn<'submitted'>,
  parking: Parking,
  now: Date,
): Moved<IssuanceIn<'unconfirmed'>> {
  const { receipt, submittedAt } = from;
  const entered = enter(from, 'unconfirmed', now, parking.reason.code);
  return { record: { ...entered, receipt, submittedAt, ...parking }, moved: true };
}

/** The provider sent more ids for acting on the credential. */
export function receiptGrown<From extends Asked>(from: From, receipt: Receipt, now: Date): Stayed<From> {
  return stay<From>({ ...from, receipt }, now);
}
