/** What an issuance is: one credential for one holder, from event to confirmation. */
import type { ErrorCode } from './error-codes.ts';
import { hasTrait, type lifeCycle, type Status, type StatusWith, type Traits } from './status.ts';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The credential subject, as the program's schema describes it. */
export type Claims = { readonly [key: string]: Json };

/** What the provider gave us to ask about an issuance later, and to act on it. Never an address or a claim. */
export type Receipt = Readonly<Record<string, string>>;

/**
 * How far a confirmation can be believed: `on-chain`, `trust-verified` (the wallet lists our DID as allowed) or
 * `provider-reported` (the provider said so, which proves nothing).
 */
export type Assurance = 'on-chain' | 'trust-verified' | 'provider-reported';

/** Where a credential was only offered: in the wallet's inbox, where it waits for someone to accept it. */
export type Offered = 'inbox';

/** Why an issuance stands where it stands. */
export interface Reason {
  code: ErrorCode;
  /** Which field or HTTP status; never a value from outside. */
  detail?: string;
}

/** The latest attempt to hand the credential over, written before its first call. */
export interface Attempt {
  /** Counts the times a worker took the issuance up. */
  number: number;
  /** Fencing token of the slot's lease the attempt runs under. */
  fence: number;
  /** Since when it is unknown whether the provider acted; absent when it certainly did not, or did and we know it. */
  openSince?: string;
  /**
   * From when on no call of it can be carried out any more; until then it must not be found out what became of it.
   * Absent where asking changes nothing at the provider.
   */
  settlesAt?: string;
  /**
   * A call of it, or of the one before it in its slot, was lost: whatever was found out, it may still be carried out until
   * then, and replace what was issued since. Until then no confirmation is believed.
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

/** What every issuance has, or may have, whatever its status. All times RFC 3339, UTC, milliseconds. */
export interface Common {
  /** `iss_` and 27 characters derived from (source, idempotency key). */
  id: string;
  /** Counts the writes; a write names the number it read, and it orders the events of one issuance. */
  sequence: number;
  /** The sequence with which it came to rest, when it was written again since. */
  restedSequence?: number;
  source: string;
  program: string;
  slot: string;
  /** Keyed hash of the payload: the same key with another payload is refused. */
  fingerprint: string;
  /** Place among the issuances of the slot: occurredAt, acceptedAt, id. Compared as text. */
  rank: string;
  occurredAt: string;
  acceptedAt: string;
  updatedAt: string;
  /** From when on a worker should have it: acceptance, with the time it waits for newer ones, or an operator's retry. */
  queuedAt: string;
  /** When the reconciler should look at it if nothing else has moved it on. */
  dueAt: string;
  attempt?: Attempt;
  /** What the provider gave us. One that was retried keeps what an earlier attempt was given; an erasure removes it. */
  receipt?: Receipt;
  /** What the provider calls the credential, for the slot's memory. */
  knownAs?: string;
  submittedAt?: string;
  offered?: Offered;
  /** An older credential stands: the provider kept it, as the program wishes, and these claims were not issued. */
  existing?: true;
  /** Id of the issuance whose credential the slot may have had when this one was begun. */
  follows?: string;
  /** Set by a retry after a newer issuance of its slot had failed: ranks up to this one no longer overtake it. */
  passes?: string;
  history: readonly HistoryEntry[];
}

/** What is known of the person, or of the company, as long as it is kept. */
export interface PersonalData {
  holder: string;
  claims: Claims;
  /** What the provider's adapter keeps between calls, so that a crash resumes where it stopped. */
  progress?: Receipt;
}

type NoPersonalData = Absent<keyof PersonalData>;

/** What is kept of it, by the trait of a status. */
export interface PersonalDataBy {
  needed: PersonalData;
  retained: PersonalData | NoPersonalData;
  dropped: NoPersonalData;
}

/** In the waiting room: no message names it, and reconcile sends one when its program's provider can be called. */
interface MayWait {
  waiting?: true;
  /** Why it was not done at the last try. */
  reason?: Reason;
}

/** What an issuance has because of its status. */
export interface StatusFields {
  queued: MayWait;
  submitting: MayWait & { attempt: OpenAttempt };
  submitted: { receipt: Receipt; submittedAt: string };
  unconfirmed: { reason: Reason; submittedAt: string };
  uncertain: { reason: Reason };
  confirmed: {
    submittedAt: string;
    assurance: Assurance;
    /** A newer credential of its slot had been issued before this one was confirmed. */
    replaced?: true;
  };
  failed: {
    reason: Reason;
    /** So many older ones of its slot are not issued because of it. */
    superseded?: number;
  };
  superseded: { reason: Reason };
}

/** Fields that say something in one status and are gone in the next. */
type OfStatus = 'waiting' | 'reason' | 'assurance' | 'replaced' | 'superseded';

type Absent<Name extends string> = { [Each in Name]?: never };

/** An unconfirmed one is asked about, for which its receipt is needed, as long as its holder is known. */
type Kept<In extends Status> = In extends 'unconfirmed'
  ? (PersonalData & { receipt: Receipt }) | NoPersonalData
  : PersonalDataBy[(typeof lifeCycle)[In]['personalData']];

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

/** Whether it is in this status. */
export function hasStatus<In extends Status>(issuance: Issuance, status: In): issuance is Issuance & { status: In } {
  return issuance.status === status;
}
