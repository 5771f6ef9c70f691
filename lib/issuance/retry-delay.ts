/** The delay before a message is tried again: exponential, with full jitter, and at least the provider's `retry-after`. */
import type { ErrorCode } from './error-codes.ts';

interface Backoff {
  firstSeconds: number;
  mostSeconds: number;
}

/**
 * A provider's outage of twelve hours costs about 100 attempts (mean delay 450 s at the maximum). A busy slot and a
 * lost answer are tried sooner: they end with the issuance or the call that causes them.
 */
const provider: Backoff = { firstSeconds: 2, mostSeconds: 900 };
const others: Partial<Record<ErrorCode, Backoff>> = {
  'slot-busy': { firstSeconds: 2, mostSeconds: 120 },
  'circuit-open': { firstSeconds: 5, mostSeconds: 60 },
  'calls-limited': { firstSeconds: 2, mostSeconds: 60 },
  'outcome-settling': { firstSeconds: 1, mostSeconds: 30 },
  'lease-lost': { firstSeconds: 2, mostSeconds: 60 },
  'provider-answer-lost': { firstSeconds: 1, mostSeconds: 300 },
  'provider-answer-unreadable': { firstSeconds: 1, mostSeconds: 300 },
};

/** Maximum `retry-after` that is respected; a value of years is an error. */
export const mostRetryAfterSeconds = 3600;

/** Maximum delay of a message in SQS, in seconds. */
export const maxMessageSeconds = 900;
/** Maximum of consecutive messages for one issuance. Their delays add up to some minutes. */
export const maxMessages = 10;

/**
 * Maximum of waits on the queue for an open circuit breaker, and only while each wait is short: an outage of seconds then
 * costs seconds, and an outage of hours costs a few deliveries per event.
 */
export const maxOpenTries = 3;
export const maxOpenSeconds = 60;

/** Codes of what could not be sent: the wait ends for all of a program at once. */
const waitsForCalls: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['circuit-open', 'calls-limited']);

/**
 * Whether it waits in the table instead of on the queue. In an outage of a day at 500 events a second, 43 million
 * issuances wait; a message for each, every quarter of an hour, would be 48,000 messages a second.
 */
export function waitsInTable(code: ErrorCode, tries: number, delaySeconds: number): boolean {
  if (waitsForCalls.has(code) && (tries > maxOpenTries || delaySeconds > maxOpenSeconds)) return true;
  return tries >= maxMessages || delaySeconds > maxMessageSeconds;
}

/** Seconds, whole, at least 1. `tries` counts from 1; `random` gives [0, 1). */
export function retryDelaySeconds(
  code: ErrorCode,
  tries: number,
  retryAfterSeconds: number,
  random: () => number,
): number {
  const { firstSeconds, mostSeconds } = others[code] ?? provider;
  const ceiling = Math.min(mostSeconds, firstSeconds * 2 ** Math.min(tries - 1, 20));
  const jitter = Math.ceil(random() * ceiling);
  return Math.max(1, Math.min(retryAfterSeconds, mostRetryAfterSeconds) + jitter);
}
