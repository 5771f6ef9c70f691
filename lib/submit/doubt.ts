/** An attempt whose outcome is unknown: when the outcome may be determined, and for how long this is tried. */
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

/** The attempt, whose outcome must not be determined while its last call, which ended at this time, can still be carried out. */
export function settling(attempt: OpenAttempt, end: Date, { settlingMs }: DoubtLimits): OpenAttempt {
  return { ...attempt, settlesAt: after(end, settlingMs) };
}

/** The attempt, none of whose calls can be in progress. */
export function settled({ settlesAt: _settlesAt, ...attempt }: OpenAttempt): OpenAttempt {
  return attempt;
}

/** Until when a lost call of a slot may still be carried out: the latest of these times that is in the future. */
export function stillLate(now: Date, ...times: (string | undefined)[]): Pick<Attempt, 'lateUntil'> {
  const lateUntil = times
    .filter((time) => time !== undefined && time > now.toISOString())
    .sort()
    .at(-1);
  return lateUntil === undefined ? {} : { lateUntil };
}

/** The attempt without an unknown outcome. */
export function closed({ number, fence }: Attempt): Attempt {
  return { number, fence };
}

/** Throws `outcome-settling` while a call of this attempt may still be carried out. */
export function mustBeSettled(attempt: Attempt | undefined, now: Date): void {
  const leftMs = Date.parse(attempt?.settlesAt ?? '') - now.getTime();
  if (leftMs > 0) throw new IssuanceError('outcome-settling', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
}

/** The error of a lost call, with at least its remaining settling time as delay. */
export function heldBack(error: IssuanceError, { settlingMs }: DoubtLimits): IssuanceError {
  const { code, detail, retryAfterSeconds = 0 } = error;
  const delay = { retryAfterSeconds: Math.max(retryAfterSeconds, Math.ceil(settlingMs / 1000)) };
  return new IssuanceError(code, { cause: error, ...delay, ...(detail !== undefined && { detail }) });
}

/**
 * Whether the maximum time for determining the outcome is over. An unavailable provider answers no request, and an
 * operator could not look there either: then it is asked for as long as an `uncertain` issuance would wait.
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

/** Whether the last request, which was lost too, was late enough to be the last. */
export function wasLastQuestion(attempt: OpenAttempt, code: ErrorCode, limits: DoubtLimits): boolean {
  if (attempt.settlesAt === undefined) return false;
  const end = new Date(Date.parse(attempt.settlesAt) - limits.settlingMs);
  return askedLongEnough(attempt, end, code, limits);
}
