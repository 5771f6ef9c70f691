/** What a poller makes of an issuance that the provider has: confirmed, parked, or more known of it. */
import type { Assurance, IssuanceIn, PersonalData, Receipt } from '../issuance.ts';
import type { StatusWith } from '../status.ts';
import { enter, type Moved, type Stayed, stay } from './step.ts';

/** One that the provider can be asked about: its holder is known. */
export type Asked = Extract<IssuanceIn<StatusWith<'moves', 'poller'>>, PersonalData>;

interface Confirmation {
  assurance: Assurance;
  receipt: Receipt;
  existing?: true;
  replaced?: true;
}

/** The provider reports it done. */
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

/** The provider told more that is needed to act on the credential. */
export function receiptGrown<From extends Asked>(from: From, receipt: Receipt, now: Date): Stayed<From> {
  return stay<From>({ ...from, receipt }, now);
}
