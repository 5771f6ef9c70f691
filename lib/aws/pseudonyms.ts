/** Keyed hashes, with the key in Secrets Manager. */
import { createHmac } from 'node:crypto';
import type { Pseudonyms } from '../issuance/identity.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { CachedSecret } from './secrets.ts';

/** The key must never change: hashes of holders and ids of events are derived from it permanently. */
export function pseudonyms(secret: CachedSecret): Pseudonyms {
  return {
    async of(purpose, value) {
      const { text } = await secret.read();
      if (text.length < 32) throw new IssuanceError('secret-unavailable', { detail: 'the pseudonym key is too short' });
      return createHmac('sha256', text).update(`${purpose}\n${value}`, 'utf8').digest('base64url');
    },
  };
}
