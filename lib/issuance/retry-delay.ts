/** How long a message stays away before it is tried again: exponential, full jitter, the provider's wish honoured. */
import type { ErrorCode } from './error-codes.ts';

interface Backoff {
  firstSeconds: number;
  mostSeconds: number;
}

/**
 * A provider's outage of twelve hours costs about 100 tries (mean delay 450 s at the cap). A busy slot and a lost
 * answer are looked at sooner: they end with the issuance or the call that causes them.
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

/** Longest wait a provider can ask for: a `retry-after` of years is a mistake, not a wish. */
export const mostRetryAfterSeconds = 3600;

/** Longest delay SQS can give a message, in seconds. */
export const maxMessageSeconds = 900;
/** Messages sent for one issuance, one after the other. Their delays add up to some minutes. */
export const maxMessages = 10;

/**
 * An open circuit is waited for on the queue this often, and only as long as each wait is short: an outage of seconds
 * then costs seconds, and one of hours a few looks at each event.
 */
export const maxOpenTries = 3;
export const maxOpenSeconds = 60;

/**
 * Whether it waits in the table rather than on the queue. An outage of a day at 500 events a second leaves 43 million
 * waiting; a message for each, every quarter of an hour, would be 48,000 a second.
 */
export function waitsInTable(code: ErrorCode, tries: number, delaySeconds: number): boolean {
  if (code === 'circuit-open' && (tries > maxOpenTries || delaySeconds > maxOpenSeconds)) return true;
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
