/** What proves that a webhook comes from its source, and what every scheme of proof has in common. */
import { timingSafeEqual } from 'node:crypto';
import type { ReadKey } from './key.ts';

/** A webhook as it arrived. */
export interface Delivery {
  /** Names in lower case; several of one name are joined by commas, as the gateway does. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they were sent: a signature covers these and no others. */
  body: Buffer;
}

/** What a proof came to. */
export type Proven =
  | {
      proven: true;
      /** The message's id, where the proof covers it. */
      id?: string;
    }
  | { proven: false; why: 'unproven' | 'stale' };

/** Checks a delivery against every live key. Never throws, whatever is sent. */
export type Proof = (delivery: Delivery, keys: readonly Buffer[], now: Date) => Proven;

/** A way of proving: what its secrets must look like, and how a delivery is checked with them. */
export interface Scheme {
  readKey: ReadKey;
  proof: Proof;
}

export const unproven: Proven = { proven: false, why: 'unproven' };
/** Signed by the source, but not now. */
export const stale: Proven = { proven: false, why: 'stale' };

/** Longest header a scheme looks into, and most signatures in it. */
export const longestHeader = 4096;
export const mostSignatures = 16;

const toleranceMs = 5 * 60 * 1000;

/** Whether a time of sending is no more than five minutes away. */
export function isRecent(sentAtMs: number, now: Date): boolean {
  return Math.abs(now.getTime() - sentAtMs) <= toleranceMs;
}

/** Seconds or milliseconds since 1970 in plain digits; undefined when it is anything else. */
export function readTimestamp(text: string | undefined, unit: 's' | 'ms' = 's'): number | undefined {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) return undefined;
  return unit === 's' ? Number(text) * 1000 : Number(text);
}

/** Whether any of the signatures is any of the expected ones; every pair is compared, in constant time. */
export function matchesAny(signatures: readonly Buffer[], expected: readonly Buffer[]): boolean {
  let found = false;
  for (const one of expected) {
    for (const signature of signatures) {
      if (signature.length === one.length && timingSafeEqual(signature, one)) found = true;
    }
  }
  return found;
}
