/** Compares the keys that the public address serves with a ring: which keys verify, and since when they are public. */
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { type Jwks, jwksOf, type KeyRing, keysOf, type SigningKey } from './key-ring.ts';
import type { JwksSite, PublicJwks, RotationPorts } from './rotation-ports.ts';

/** Number of reads of the public address: an invalidation of the CDN takes seconds, rarely up to a minute. */
const mostLooks = 10;

/** Verifies a token signed by each key of the ring with the keys that the public address serves. Throws if one fails. */
export async function provePublic(
  ring: KeyRing,
  { site, pause }: Pick<RotationPorts, 'site' | 'pause'>,
): Promise<void> {
  for (let look = 1; ; look += 1) {
    try {
      return await proveOnce(ring, site);
    } catch (error) {
      if (look >= mostLooks) throw error;
      await pause();
    }
  }
}

async function proveOnce(ring: KeyRing, site: JwksSite): Promise<void> {
  const { jwks } = await site.fetch();
  const published = createLocalJWKSet(jwks as JSONWebKeySet);
  for (const key of keysOf(ring)) {
    const token = await new SignJWT({ test: true })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
      .setExpirationTime('1m')
      .sign(await importJWK(key, 'RS256'));
    await jwtVerify(token, published);
  }
}

/**
 * Since when a key has been public, as seen from outside: since the publication of the document that contains it.
 * Undefined if it is not public, or if the address does not say since when.
 */
export async function publicSince(key: SigningKey, site: JwksSite): Promise<Date | undefined> {
  const { jwks, since } = await site.fetch().catch((): PublicJwks => ({ jwks: undefined }));
  const shown = publishedKeys(jwks).find(({ kid }) => kid === key.kid);
  return shown?.n === key.n && shown.e === key.e ? since : undefined;
}

/** Whether the public address serves exactly the keys of the ring. */
export function isPublished(ring: KeyRing, jwks: unknown): boolean {
  const text = (keys: Partial<Jwks['keys'][number]>[]) =>
    keys
      .map(({ kid, n, e }) => `${kid} ${n} ${e}`)
      .toSorted()
      .join();
  return text(publishedKeys(jwks)) === text(jwksOf(ring).keys);
}

/** The keys in a document of unknown origin. */
export function publishedKeys(jwks: unknown): Partial<Jwks['keys'][number]>[] {
  const keys: unknown = typeof jwks === 'object' && jwks !== null && 'keys' in jwks ? jwks.keys : undefined;
  return Array.isArray(keys) ? keys.filter((key): key is object => typeof key === 'object' && key !== null) : [];
}
