/** Adds the JWT of a source to an event. */
import { createHash, createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import type { JwtSettings } from '../../lib/sources/proofs/settings/proof.ts';
import { CannotSign } from './cannot-sign.ts';
import type { Outgoing, Sent } from './outgoing.ts';
import { readPrivateKey } from './private-key.ts';

const validSeconds = 300;

export async function withJwt(settings: JwtSettings, pem: string, event: Outgoing): Promise<Sent> {
  const { algorithms, header, issuer, audience, claims = {}, bodyHash, keys = [] } = settings;
  const [alg] = algorithms;
  if (alg === undefined) throw new CannotSign('The settings have no algorithm');
  const key = readPrivateKey(pem);
  const hash = bodyHash && createHash(bodyHash.algorithm).update(event.body).digest(bodyHash.encoding);
  const seconds = Math.floor(event.at.getTime() / 1000);
  const kid = await keyIdOf(await exportJWK(createPublicKey(key)), keys);
  const token = new SignJWT({ ...claims, ...(bodyHash && { [bodyHash.claim]: hash }) })
    .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + validSeconds);
  if (issuer !== undefined) token.setIssuer(issuer);
  if (audience !== undefined) token.setAudience(audience);
  const value = await token.sign(key);
  const [name, text] = header === undefined ? ['authorization', `Bearer ${value}`] : [header, value];
  return { ...event, headers: { ...event.headers, [name]: text } };
}

/** The id under which the settings have the public key. */
async function keyIdOf(
  jwk: Awaited<ReturnType<typeof exportJWK>>,
  keys: JwtSettings['keys'] & object,
): Promise<string | undefined> {
  const wanted = await calculateJwkThumbprint(jwk);
  for (const known of keys) {
    if ((await calculateJwkThumbprint(known)) === wanted) return known['kid'] as string | undefined;
  }
  return undefined;
}
