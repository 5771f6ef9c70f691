/** The secret `source-secrets`: the keys that sign webhooks. A source may have several at once, for rotation. */
import * as z from 'zod/mini';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { ReadKey } from './proofs/key.ts';

const longestSecret = 512;
const mostPerSource = 8;

const secretsOfSource = z.array(z.unknown()).check(z.maxLength(mostPerSource));

/** `{"<source>": ["<secret>", …]}`; for schemes with a token, SHA-256 hashes of tokens in hex. */
const sourceSecrets = z.record(z.string(), z.unknown());

/** The secret, through a cache. */
export interface SourceSecrets {
  read(): Promise<{ text: string }>;
  /** Reads the secret again: a key may have just been added. */
  refresh(): Promise<{ text: string }>;
}

/** The keys that verify a source. */
export interface LiveKeys {
  keys: readonly Buffer[];
  /** Unusable secrets, by their position in the list, starting at one. */
  unusable: readonly { position: number; reason: string }[];
}

/**
 * The current keys of one source. An unusable secret does not affect the others, and a malformed entry of one source does
 * not affect other sources. Throws `secret-unavailable` if there is no list.
 */
export function liveKeys(text: string, source: string, readKey: ReadKey): LiveKeys {
  const read = secretsIn(text, source).map((secret, index) => ({
    position: index + 1,
    ...readSecret(secret, readKey),
  }));
  return {
    keys: read.flatMap((one) => ('key' in one ? [one.key] : [])),
    unusable: read.flatMap((one) => ('unusable' in one ? [{ position: one.position, reason: one.unusable }] : [])),
  };
}

function secretsIn(text: string, source: string): unknown[] {
  try {
    const all = sourceSecrets.parse(JSON.parse(text));
    return Object.hasOwn(all, source) ? secretsOfSource.parse(all[source]) : [];
  } catch {
    // The cause would repeat parts of the secret.
    throw new IssuanceError('secret-unavailable', { detail: 'the source secrets are malformed' });
  }
}

function readSecret(secret: unknown, readKey: ReadKey): ReturnType<ReadKey> {
  if (typeof secret !== 'string' || secret.length > longestSecret) {
    return { unusable: `must be a string of at most ${longestSecret} characters` };
  }
  return readKey(secret);
}
