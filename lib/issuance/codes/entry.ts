/** The shape of an entry of the table of error codes. */

/**
 * How an error is treated.
 * - `invalid`: the request is refused on entry; nothing was stored or queued.
 * - `permanent`: the issuance ends `failed`.
 * - `retry-later`: the provider certainly did not act; the issuance is tried again later.
 * - `unknown-outcome`: the provider may have acted; the outcome is determined before anything is repeated.
 * - `parked`: the issuance waits for a person or the provider, or a newer event replaced it.
 * - `message`: a queue message that cannot be processed; it goes to the dead-letter queue with this reason.
 */
export type ErrorKind = 'invalid' | 'permanent' | 'retry-later' | 'unknown-outcome' | 'parked' | 'message';

/** Kinds for which an issuance waits and is tried again; each of their codes has an alarm. */
type WaitingKind = 'retry-later' | 'unknown-outcome';

/** What a code means. */
export type ErrorCodeEntry = Meaning & (Waits | { kind: Exclude<ErrorKind, WaitingKind>; alarmMinutes?: never });

interface Waits {
  kind: WaitingKind;
  /** An alarm triggers when an issuance has waited this long for this reason, over all its attempts. */
  alarmMinutes: number;
}

interface Meaning {
  /** HTTP status of the answer to the caller. */
  http?: number;
  /** What happened, as a sentence without a full stop. */
  title: string;
  /** What the reader should do about it. */
  advice: string;
}
