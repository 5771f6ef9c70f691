/** The secret `source-secrets`: what webhooks are signed with, several of one source at once for rotation. */
import * as z from 'zod/mini';
import { IssuanceError } from '../issuance/issuance-error.ts';

/** Too short a secret can be guessed from one signed message. */
const shortestSecret = 16;
const mostPerSource = 8;

const secretsOfSource = z
  .array(z.string().check(z.minLength(shortestSecret), z.maxLength(512)))
  .check(z.maxLength(mostPerSource));

/** `{"<source>": ["<secret>", …]}`; for `bearer`, SHA-256 hashes of tokens in hex. */
const sourceSecrets = z.record(z.string(), z.unknown());

/** The secret's text, through a cache. */
export interface SourceSecrets {
  read(): Promise<{ text: string }>;
  /** Reads anew: a secret may have been added a moment ago. */
  refresh(): Promise<{ text: string }>;
}

/** The live secrets of one source. Throws `secret-unavailable`; one source's malformed entry does not touch the others. */
export function liveSecrets(text: string, source: string): readonly string[] {
  try {
    const all = sourceSecrets.parse(JSON.parse(text));
    return Object.hasOwn(all, source) ? secretsOfSource.parse(all[source]) : [];
  } catch {
    // The cause would repeat parts of the secret.
    throw new IssuanceError('secret-unavailable', { detail: 'the source secrets are malformed' });
  }
}
