/** The record of an issuance: one credential for one holder, from event to confirmation. */

import type { ErrorCode } from './error-codes.ts';
import type { IssuanceId, SlotKey } from './ids.ts';
import { hasTrait, type lifeCycle, type Status, type StatusWith, type Traits } from './status.ts';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The credential subject, as the program's schema describes it. */
export type Claims = { readonly [key: string]: Json };

/** The provider's ids for requesting the status of an issuance and for acting on its credential. Never an address or a claim. */
export type Receipt = Readonly<Record<string, string>>;

/**
 * What a confirmation proves: `on-chain`, `trust-verified` (the wallet lists our DID as allowed) or
 * `provider-reported` (the statement of the provider only, which proves nothing).
 */
export type Assurance = 'on-chain' | 'trust-verified' | 'provider-reported';

/** Set if a credential was only offered, in the wallet's inbox, where someone has to accept it. */
export type Offered = 'inbox';

/** The reason for the status of an issuance. */
export interface Reason {
  code: ErrorCode;
  /** The field or HTTP status; never a value from outside. */
  detail?: string;
}

/** The latest attempt to submit the credential, written before its first call. */
export interface Attempt {
  /** Counts the attempts of workers. */
  number: number;
  /** Fencing token of the slot's lease during the attempt. */
  fence: number;
  /** Since when it is unknown whether the provider acted; absent if the outcome is known. */
  openSince?: string;
  /**
   * The time after which no call of the attempt can be carried out any more; before it, the outcome must not be determined.
   * Absent if asking changes nothing at the provider.
   */
  settlesAt?: string;
  /**
   * A call of this issuance, or of the previous issuance of its slot, was lost. Whatever its outcome, it may still be carried
   * out until this time and replace a newer credential. Until then no confirmation is accepted.
   */
  lateUntil?: string;
}

export interface HistoryEntry {
  at: string;
  status: Status;
  code?: ErrorCode;
}

/** An attempt with an unknown outcome. */
export type OpenAttempt = Attempt & { openSince: string };

/** The fields that an issuance has or may have in every status. All times RFC 3339, UTC, milliseconds. */
export interface Common {
  /** `iss_` and 27 characters derived from (source, idempotency key). */
  id: IssuanceId;
  /** Counts the writes; a write names the number it read, and it orders the events of one issuance. */
  sequence: number;
  /** The sequence with which it ended or was parked, if it was written again since. */
  restedSequence?: number;
  source: string;
  program: string;
  slot: SlotKey;
  /** Keyed hash of the payload: the same key with another payload is refused. */
  fingerprint: string;
  /** Rank among the issuances of the slot: occurredAt, acceptedAt, id. Compared as a string. */
  rank: string;
  occurredAt: string;
  acceptedAt: string;
  updatedAt: string;
  /** The time from which a worker should process it: acceptance plus `coalesceSeconds`, or an operator's retry. */
  queuedAt: string;
  /** When reconcile should process it if no other part has moved it. */
  dueAt: string;
  attempt?: Attempt;
  /** The provider's receipt. A retried issuance keeps the receipt of an earlier attempt; an erasure removes it. */
  receipt?: Receipt;
  /** The provider's id of the credential, for the slot. */
  knownAs?: string;
  submittedAt?: string;
  offered?: Offered;
  /** The holder keeps an older credential (`onDuplicate: ignore`): these claims were not issued. */
  existing?: true;
  /** Id of the issuance whose credential the slot may have had when this issuance began. */
  follows?: IssuanceId;
  /** Set by a retry after a newer issuance of its slot had failed: ranks up to this one no longer overtake it. */
  passes?: string;
  history: readonly HistoryEntry[];
}

/** The data about the person or company, as long as it is kept. */
export interface PersonalData {
  holder: string;
  claims: Claims;
  /** The state of the provider's adapter between calls, so that an issuance resumes after a crash. */
  progress?: Receipt;
  lookup?: never;
}

/** In place of the holder, until the directory of its source has been asked. */
export interface ToLookUp {
  /** The key by which the directory knows the holder. */
  lookup: string;
  claims: Claims;
  holder?: never;
  progress?: never;
}

type NoPersonalData = Absent<keyof PersonalData>;

/** The personal data in a status, by its trait. */
export interface PersonalDataBy {
  needed: PersonalData;
  retained: PersonalData | NoPersonalData;
  dropped: NoPersonalData;
}

/** In the waiting room: it has no message, and reconcile sends one when its program's provider can be called. */
interface MayWait {
  waiting?: true;
  /** The reason of the last failed attempt. */
  reason?: Reason;
}

/** The fields of an issuance in a specific status. */
export interface StatusFields {
  queued: MayWait;
  submitting: MayWait & { attempt: OpenAttempt };
  submitted: { receipt: Receipt; submittedAt: string };
  unconfirmed: { reason: Reason; submittedAt: string };
  uncertain: { reason: Reason };
  confirmed: {
    submittedAt: string;
    assurance: Assurance;
    /** A newer credential of its slot was issued before this one was confirmed. */
    replaced?: true;
  };
  failed: {
    reason: Reason;
    /** The number of older issuances of its slot that are not issued because of it. */
    superseded?: number;
  };
  superseded: { reason: Reason };
}

/** Fields that apply to one status and are removed in the next. */
type OfStatus = 'waiting' | 'reason' | 'assurance' | 'replaced' | 'superseded';

type Absent<Name extends string> = { [Each in Name]?: never };

/** The status of an unconfirmed issuance is requested, with its receipt, as long as its holder is known. */
type Kept<In extends Status> = In extends 'unconfirmed'
  ? (PersonalData & { receipt: Receipt }) | NoPersonalData
  :
      | PersonalDataBy[(typeof lifeCycle)[In]['personalData']]
      | (In extends StatusWith<'beforeLookup', true> ? ToLookUp : never);

type Flat<Type> = { [Name in keyof Type]: Type[Name] };

/** The record of an issuance in this status. */
export type IssuanceIn<In extends Status> = In extends Status
  ? Flat<Common & { status: In } & StatusFields[In] & Absent<Exclude<OfStatus, keyof StatusFields[In]>> & Kept<In>>
  : never;

/** The record of an issuance. */
export type Issuance = IssuanceIn<Status>;

/** Whether it is in a status with one of these values of a trait. */
export function isIn<Trait extends keyof Traits, const Value extends Traits[Trait]>(
  issuance: Issuance,
  trait: Trait,
  ...values: Value[]
): issuance is Issuance & { status: StatusWith<Trait, Value> } {
  return hasTrait(issuance.status, trait, ...values);
}

/** Whether its holder has not been looked up yet. */
export function isToLookUp<One extends Issuance>(issuance: One): issuance is Extract<One, ToLookUp> {
  return issuance.lookup !== undefined;
}

/** Whether it is in this status. */
export function hasStatus<In extends Status>(issuance: Issuance, status: In): issuance is Issuance & { status: In } {
  return issuance.status === status;
}
