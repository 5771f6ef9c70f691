/** The proof that a webhook comes from its source, and the code that all schemes share. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ReadKey } from './key.ts';

/** A webhook as it arrived. */
export interface Delivery {
  /** Names in lower case; several headers of one name are joined by commas, as the gateway does. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they were sent: the signature covers exactly these. */
  body: Buffer;
}

/** The result of a proof. */
export type Proven =
  | {
      proven: true;
      /** The message's id, if the proof covers it. */
      id?: string;
    }
  | { proven: false; why: 'unproven' | 'stale' };

/** Checks a delivery against every current key. Never throws, for any input. */
export type Proof = (delivery: Delivery, keys: readonly Buffer[], now: Date) => Proven;

/** A scheme: the requirements for its secrets, and how a delivery is checked with them. */
export interface Scheme {
  readKey: ReadKey;
  proof: Proof;
}

export const unproven: Proven = { proven: false, why: 'unproven' };
/** Signed by the source, but at another time. */
export const stale: Proven = { proven: false, why: 'stale' };

/** Maximum length of a header that a scheme reads, and maximum number of signatures in it. */
export const longestHeader = 4096;
export const mostSignatures = 16;

const toleranceMs = 5 * 60 * 1000;

/** Whether a sending time differs by at most five minutes. */
export function isRecent(sentAtMs: number, now: Date): boolean {
  return Math.abs(now.getTime() - sentAtMs) <= toleranceMs;
}

/** Seconds or milliseconds since 1970 in plain digits; undefined for anything else. */
export function readTimestamp(text: string | undefined, unit: 's' | 'ms' = 's'): number | undefined {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) return undefined;
  return unit === 's' ? Number(text) * 1000 : Number(text);
}

/** The signature of these pieces together with each current key. */
export function signaturesBy(
  keys: readonly Buffer[],
  algorithm: 'sha1' | 'sha256' | 'sha512',
  ...pieces: (string | Buffer)[]
): Buffer[] {
  return keys.map((key) => pieces.reduce((hmac, piece) => hmac.update(piece), createHmac(algorithm, key)).digest());
}

/** Whether any signature equals any expected signature; every pair is compared, in constant time. */
export function matchesAny(signatures: readonly Buffer[], expected: readonly Buffer[]): boolean {
  let found = false;
  for (const one of expected) {
    for (const signature of signatures) {
      if (signature.length === one.length && timingSafeEqual(signature, one)) found = true;
    }
  }
  return found;
}
