/** The transitions of a look-up: the holder found, not found, asked for later, or asked for again by an operator. */
import type { SlotKey } from '../ids.ts';
import type { IssuanceIn, PersonalData, Reason, ToLookUp } from '../issuance.ts';
import { enter, type Moved, type Stayed, stay } from './step.ts';

/** A queued issuance whose holder is not known yet. */
export type Unresolved = Extract<IssuanceIn<'queued'>, ToLookUp>;
type Resolved = Extract<IssuanceIn<'queued'>, PersonalData>;
/** An issuance that failed before its holder was known. */
export type FailedUnresolved = Extract<IssuanceIn<'failed'>, ToLookUp>;

/** The directory knows the holder, in whose slot the issuance now is. The directory's key is no longer needed. */
export function resolved(from: Unresolved, found: { holder: string; slot: SlotKey }, now: Date): Stayed<Resolved> {
  const { lookup: _lookup, waiting: _waiting, reason: _reason, ...record } = from;
  return stay<Resolved>({ ...record, ...found }, now);
}

interface Later {
  reason: Reason;
  dueAt: string;
  /** In the table, without a message. */
  waiting: boolean;
}

/** The directory is asked again later. */
export function unresolved(from: Unresolved, { waiting, ...later }: Later, now: Date): Stayed<Unresolved> {
  const { waiting: _waiting, ...record } = from;
  return stay<Unresolved>({ ...record, ...later, ...(waiting && { waiting }) }, now);
}

/** There is no usable holder: it fails. The directory's key is kept for an operator's retry. */
export function unresolvable(
  from: Unresolved,
  { reason, dueAt }: { reason: Reason; dueAt: string },
  now: Date,
): Moved<FailedUnresolved> {
  return { record: { ...enter(from, 'failed', now, reason.code), reason, dueAt }, moved: true };
}

/** An operator has the directory asked again. */
export function lookedUpAgain(
  from: FailedUnresolved,
  again: { queuedAt: string; dueAt: string },
  now: Date,
): Moved<Unresolved> {
  return { record: { ...enter(from, 'queued', now), ...again }, moved: true };
}
