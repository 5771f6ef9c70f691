/** How long to wait before a request is repeated, and before the next question about an issuance. */

const firstRepeatMs = 500;
const longestRepeatMs = 20_000;
const longestRetryAfterMs = 60_000;
const firstQuestionMs = 1000;
const longestQuestionMs = 30_000;

/**
 * Milliseconds before repeat number `repeat` (from 0): full jitter below 0.5 s, 1 s, 2 s … 20 s, but never less than the API
 * asks for. Undefined: the API asks for more than a minute, so the caller decides.
 */
export function repeatPause(repeat: number, retryAfterMs: number, random: number): number | undefined {
  if (retryAfterMs > longestRetryAfterMs) return undefined;
  return retryAfterMs + random * Math.min(longestRepeatMs, firstRepeatMs * 2 ** repeat);
}

/** Milliseconds before question number `question` (from 0): 1 s, doubling to 30 s, up to a fifth less by jitter. */
export function questionPause(question: number, random: number): number {
  return Math.min(longestQuestionMs, firstQuestionMs * 2 ** question) * (1 - random / 5);
}

/** Milliseconds of a `retry-after` in seconds or as a date (RFC 9110, 10.2.3). 0: there is none that can be read. */
export function readRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
