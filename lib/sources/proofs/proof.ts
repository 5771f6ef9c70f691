/** The proof that a webhook comes from its source, and the code that all schemes share. */
import { timingSafeEqual } from 'node:crypto';
import type { ReadKey } from './key.ts';

/** A webhook as it arrived. */
export interface Delivery {
  /** Names in lower case; several headers of one name are joined by commas, as the gateway does. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they were sent: the signature covers exactly these. */
  body: Buffer;
  method?: string;
  /** The address at which it arrived, with its query. */
  url?: string;
  query?: Readonly<Record<string, string | undefined>>;
  /** The token in the path, which is never logged. */
  pathToken?: string | undefined;
}

/** The result of a proof. */
export type Proven =
  | {
      proven: true;
      /** The message's id, if the proof covers it. */
      id?: string;
    }
  | { proven: false; why: 'unproven' }
  /** Signed by the source, but at another time. */
  | { proven: false; why: 'stale'; toleranceSeconds: number };

/**
 * Checks a delivery against every current key. Throws only `secret-unavailable`, if the sender's published keys cannot be
 * read; otherwise never, for any input.
 */
export type Proof = (delivery: Delivery, keys: readonly Buffer[], now: Date) => Promise<Proven>;

/** A scheme: the requirements for its secrets, and how a delivery is checked with them. */
export interface Scheme {
  /** Undefined if the source has no secret, because the keys are public. */
  readKey?: ReadKey;
  proof: Proof;
  /** The message's id that a valid proof would cover. */
  coveredId(delivery: Delivery): Promise<string | undefined>;
}

export const unproven: Proven = { proven: false, why: 'unproven' };

/** Maximum length of a header that a scheme reads, and maximum number of signatures in it. */
export const longestHeader = 4096;
export const mostSignatures = 16;

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
