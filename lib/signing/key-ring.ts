/** The ring of signing keys: the current, the next and the previous key. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import * as z from 'zod/mini';
import { IssuanceError } from '../issuance/issuance-error.ts';

const base64url = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/));

/** Names a key: the RFC 7638 thumbprint of its public half. */
const keyId = base64url.brand<'kid'>();

/** An RSA private key with its kid. */
const signingKey = z.strictObject({
  kty: z.literal('RSA'),
  kid: keyId,
  n: base64url,
  e: base64url,
  d: base64url,
  p: base64url,
  q: base64url,
  dp: base64url,
  dq: base64url,
  qi: base64url,
  /** When it was created. */
  madeAt: z.optional(z.iso.datetime()),
});

const keyRing = z.strictObject({
  version: z.literal(1),
  /** Signs. */
  current: signingKey,
  /** Already public; signs after the next rotation. */
  next: signingKey,
  /** Signed until the last rotation; its tokens may still be in use. */
  previous: z.optional(signingKey),
  /** When `current` may begin to sign. Only after an emergency, if that key has not been public for long enough. */
  signsFrom: z.optional(z.iso.datetime()),
});

export type KeyId = z.infer<typeof keyId>;
export type SigningKey = z.infer<typeof signingKey>;
export type KeyRing = z.infer<typeof keyRing>;

/** Minimum modulus in bits, as the provider requires. */
const modulusBits = 2048;

/** Parses the ring in a secret. Throws `signing-key-unavailable` with the problem, never with content of the secret. */
export async function parseKeyRing(text: string): Promise<KeyRing> {
  const ring = keyRing.safeParse(parseJson(text));
  if (!ring.success) {
    const where = ring.error.issues.map((issue) => issue.path.join('.') || 'the secret').join(', ');
    throw new IssuanceError('signing-key-unavailable', { detail: `malformed: ${where}` });
  }
  for (const key of keysOf(ring.data)) {
    if (Buffer.from(key.n, 'base64url').length * 8 < modulusBits) {
      throw new IssuanceError('signing-key-unavailable', { detail: `a key is shorter than ${modulusBits} bits` });
    }
    if ((await calculateJwkThumbprint(publicHalf(key))) !== key.kid) {
      throw new IssuanceError('signing-key-unavailable', { detail: 'a kid is not the thumbprint of its key' });
    }
  }
  return ring.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The keys of a ring, the signing key first. */
export function keysOf(ring: KeyRing): SigningKey[] {
  return [ring.current, ring.next, ...(ring.previous ? [ring.previous] : [])];
}

/** A new RSA 2048 key; its kid is its RFC 7638 thumbprint. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: modulusBits, extractable: true });
  const jwk = await exportJWK(privateKey);
  return signingKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk), madeAt: new Date().toISOString() });
}

/** The first ring of an environment. */
export async function firstRing(): Promise<KeyRing> {
  return { version: 1, current: await generateSigningKey(), next: await generateSigningKey() };
}

/** The ring after a rotation: the key that was next now signs. */
export async function turnedRing(ring: KeyRing): Promise<KeyRing> {
  return { version: 1, previous: ring.current, current: ring.next, next: await generateSigningKey() };
}

/** A JWK Set, RFC 7517: public members only, each named explicitly so that no private member can be included. */
export interface Jwks {
  keys: { kty: 'RSA'; kid: string; n: string; e: string; use: 'sig'; alg: 'RS256' }[];
}

/** The public keys of these rings, each once. */
export function jwksOf(...rings: KeyRing[]): Jwks {
  const byKid = new Map(rings.flatMap(keysOf).map((key) => [key.kid, key]));
  return {
    keys: [...byKid.values()].map(({ kid, n, e }) => ({ kty: 'RSA', kid, n, e, use: 'sig', alg: 'RS256' })),
  };
}

function publicHalf({ kty, n, e }: SigningKey): JWK {
  return { kty, n, e };
}
