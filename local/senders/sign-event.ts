/** Signs events as their senders do: the one counterpart of the schemes that verify them, for samples, commands and tests. */
import { createHmac } from 'node:crypto';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import type { HmacSettings, ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';
import { CannotSign } from './cannot-sign.ts';
import type { Outgoing, Sent } from './outgoing.ts';
import { privateKeySigner } from './private-key.ts';
import { settingsOf } from './sender-secret.ts';
import { signWith } from './sign-with.ts';
import { withJwt } from './with-jwt.ts';

/** `secret` is the sender's own: a key, a token, or a private key in PEM. Throws CannotSign. */
export async function signEvent(proof: ProofSettings, secret: string, event: Outgoing): Promise<Sent> {
  const settings = settingsOf(proof);
  const withHeader = (name: string, value: string) => ({ ...event, headers: { ...event.headers, [name]: value } });
  switch (settings.scheme) {
    case 'hmac':
      return signWith(settings, hmacSigner(settings, keyOf(proof, secret)), event);
    case 'public-key':
      return signWith(settings, privateKeySigner(settings, secret), event);
    case 'jwt':
      return withJwt(settings, secret, event);
    case 'bearer':
      return withHeader('authorization', `Bearer ${secret}`);
    case 'basic':
      return withHeader('authorization', `Basic ${Buffer.from(secret).toString('base64')}`);
    case 'header-token':
      return withHeader(settings.header, `${settings.prefix ?? ''}${secret}`);
    case 'path-token':
      return { ...event, url: `${event.url}/${encodeURIComponent(secret)}` };
  }
}

function hmacSigner({ algorithm }: HmacSettings, key: Buffer) {
  return (bytes: Buffer) => createHmac(algorithm, key).update(bytes).digest();
}

/** The reason repeats no part of the secret. */
function keyOf(proof: ProofSettings, secret: string): Buffer {
  const read = schemeOf(proof).readKey?.(secret);
  if (read !== undefined && 'key' in read) return read.key;
  throw new CannotSign(`The secret ${read?.unusable ?? 'makes no key'}`);
}
