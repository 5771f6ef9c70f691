/** An attempt whose outcome is unknown: when it may be asked about, and for how long it is. */
import { after } from '../issuance/due.ts';
import { describeCode, type ErrorCode } from '../issuance/error-codes.ts';
import type { Attempt, OpenAttempt } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';

export interface DoubtLimits {
  /** How long after its end a lost call may still be carried out. */
  settlingMs: number;
  /** How long an issuance is tried again while the provider is unavailable. */
  retryMs: number;
  /** How long holder and claims are kept for an operator's retry. */
  retentionMs: number;
}

export function isOpen(attempt: Attempt | undefined): attempt is OpenAttempt {
  return attempt?.openSince !== undefined;
}

/** The attempt, which nothing may be asked about until its last call, that ended at this time, can have landed. */
export function settling(attempt: OpenAttempt, end: Date, { settlingMs }: DoubtLimits): OpenAttempt {
  return { ...attempt, settlesAt: after(end, settlingMs) };
}

/** The attempt, none of whose calls can be under way. */
export function settled({ settlesAt: _settlesAt, ...attempt }: OpenAttempt): OpenAttempt {
  return attempt;
}

/** Until when a lost call of a slot may still be carried out: the latest of these times that is still to come. */
export function stillLate(now: Date, ...times: (string | undefined)[]): Pick<Attempt, 'lateUntil'> {
  const lateUntil = times
    .filter((time) => time !== undefined && time > now.toISOString())
    .sort()
    .at(-1);
  return lateUntil === undefined ? {} : { lateUntil };
}

/** The attempt, of which nothing is unknown any more. */
export function closed({ number, fence }: Attempt): Attempt {
  return { number, fence };
}

/** Throws `outcome-settling` while a call of this attempt may still be carried out. */
export function mustBeSettled(attempt: Attempt | undefined, now: Date): void {
  const leftMs = Date.parse(attempt?.settlesAt ?? '') - now.getTime();
  if (leftMs > 0) throw new IssuanceError('outcome-settling', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
}

/** The error of a lost call, with at least the time that it has to settle as delay. */
export function heldBack(error: IssuanceError, { settlingMs }: DoubtLimits): IssuanceError {
  const { code, detail, retryAfterSeconds = 0 } = error;
  const delay = { retryAfterSeconds: Math.max(retryAfterSeconds, Math.ceil(settlingMs / 1000)) };
  return new IssuanceError(code, { cause: error, ...delay, ...(detail !== undefined && { detail }) });
}

/**
 * Whether the outcome was asked about for long enough. A provider that is out of order has no answer about anybody, and
 * an operator could not look there either: then it is asked for as long as an `uncertain` issuance would wait.
 */
export function askedLongEnough(
  { openSince }: OpenAttempt,
  at: Date,
  last: ErrorCode,
  { retryMs, retentionMs }: DoubtLimits,
): boolean {
  const isAway = describeCode(last).kind === 'retry-later' || last === 'provider-unavailable-in-doubt';
  return at.getTime() - Date.parse(openSince) > (isAway ? Math.max(retryMs, retentionMs) : retryMs);
}

/** Whether the last question, which has been lost too, was asked late enough to be the last. */
export function wasLastQuestion(attempt: OpenAttempt, code: ErrorCode, limits: DoubtLimits): boolean {
  if (attempt.settlesAt === undefined) return false;
  const end = new Date(Date.parse(attempt.settlesAt) - limits.settlingMs);
  return askedLongEnough(attempt, end, code, limits);
}
