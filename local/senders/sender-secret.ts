/** What a source signs with, and what the back end keeps of it. */
import { createHash } from 'node:crypto';
import { generalSettings } from '../../lib/sources/proofs/presets.ts';
import type { GeneralSettings, ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';

/** Of several settings of one sender, the first is used. */
export function settingsOf(proof: ProofSettings): GeneralSettings {
  const [first] = generalSettings(proof);
  if (first === undefined) throw new Error(`The scheme ${proof.scheme} has no settings`);
  return first;
}

/** What a sender of this scheme would have, made of 32 random bytes in base64. It is no private key. */
export function senderSecret(proof: ProofSettings, bytes: string): string {
  const settings = settingsOf(proof);
  const random = bytes.replace(/^whsec_/, '');
  if (settings.scheme === 'basic') return `sample:${random}`;
  if (settings.scheme !== 'hmac') return random;
  const { key = 'text', keyPrefix = '' } = settings;
  return keyPrefix + (key === 'hex' ? Buffer.from(random, 'base64').toString('hex') : random);
}

/** Whether only a hash of the sender's token is kept. */
export function keepsHash(proof: ProofSettings): boolean {
  return !['hmac', 'public-key', 'jwt'].includes(settingsOf(proof).scheme);
}

/** The stored form of a sender's secret: the secret itself, or the hash of a token. */
export function keptForm(proof: ProofSettings, secret: string): string {
  return keepsHash(proof) ? createHash('sha256').update(secret).digest('hex') : secret;
}
