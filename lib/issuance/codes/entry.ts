/** What there is to say of an error code. */

/**
 * How an error is treated.
 * - `invalid`: the request is refused on entry; nothing was stored or queued.
 * - `permanent`: the issuance ends `failed`.
 * - `retry-later`: the provider certainly did not act; the message goes back to the queue.
 * - `unknown-outcome`: the provider may have acted; found out before anything is repeated.
 * - `parked`: the issuance waits for someone, or ended because of another.
 * - `message`: a queue message that cannot be worked on; it goes to the dead-letter queue with this reason.
 */
export type ErrorKind = 'invalid' | 'permanent' | 'retry-later' | 'unknown-outcome' | 'parked' | 'message';

/** Kinds for which an issuance waits and is tried again; each of their codes has an alarm. */
type WaitingKind = 'retry-later' | 'unknown-outcome';

/** What a code means. */
export type ErrorCodeEntry = Meaning & (Waits | { kind: Exclude<ErrorKind, WaitingKind>; alarmMinutes?: never });

interface Waits {
  kind: WaitingKind;
  /** An alarm rings when an issuance waits so long for this reason, all its tries together. */
  alarmMinutes: number;
}

interface Meaning {
  /** HTTP status when the error is answered to a caller. */
  http?: number;
  /** What happened, as a sentence without full stop. */
  title: string;
  /** What the reader should do about it. */
  advice: string;
}
