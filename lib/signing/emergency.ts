/** Emergency: removes compromised keys from the ring and the JWKS at once, and signs no token that cannot be verified. */
import { randomUUID } from 'node:crypto';
import { generateSigningKey, jwksOf, type KeyId, type KeyRing, keysOf, type SigningKey } from './key-ring.ts';
import { provePublic, publicSince } from './public-keys.ts';
import { currentRing } from './rotation.ts';
import type { RotationPorts } from './rotation-ports.ts';

export interface Dropped {
  /** The named keys that were in the ring. */
  dropped: string[];
  /** The key that signs now. */
  signs: string;
  /** When it begins to sign; undefined if it signs at once. */
  signsFrom?: string;
}

/**
 * Removes the keys with these `kid`s from the ring and the JWKS. `next` replaces `current`, and new keys are created for
 * the free places. A rotation in progress is abandoned. Safe to repeat: if the keys are no longer in the ring, the ring is
 * only published again.
 */
export async function dropKeys(kids: readonly KeyId[], ports: RotationPorts): Promise<Dropped> {
  const before = await currentRing(ports.secret);
  if (before === undefined) throw new Error('There are no signing keys yet');
  const dropped = keysOf(before.ring)
    .map(({ kid }) => kid)
    .filter((kid) => kids.includes(kid));
  const ring = dropped.length === 0 ? before.ring : await ringWithout(kids, before.ring, ports);
  if (dropped.length > 0) {
    // AWSPENDING moves here, so that a rotation in progress is abandoned.
    const version = randomUUID();
    await ports.secret.stagePending(version, JSON.stringify(ring));
    await ports.secret.promote(version, before.version);
  }
  // The secret first: a worker whose token is refused from now on reads the ring again and finds the new key.
  const jwks = jwksOf(ring);
  await ports.site.publish(jwks);
  await provePublic(ring, ports);
  ports.log.write({ event: 'signing-keys-published', keys: jwks.keys.length, step: 'emergency' });
  return { dropped, signs: ring.current.kid, ...(ring.signsFrom !== undefined && { signsFrom: ring.signsFrom }) };
}

async function ringWithout(kids: readonly KeyId[], ring: KeyRing, ports: RotationPorts): Promise<KeyRing> {
  const good = (key: SigningKey | undefined) => (key === undefined || kids.includes(key.kid) ? undefined : key);
  const { signsFrom: before } = ring;
  const stays = good(ring.current);
  const current = stays ?? good(ring.next) ?? (await generateSigningKey());
  const unused = stays === undefined ? undefined : good(ring.next);
  const previous = good(ring.previous);
  const signsFrom = stays === undefined ? await earliestUse(current, ports) : before;
  return {
    version: 1,
    current,
    next: unused ?? (await generateSigningKey()),
    ...(previous && { previous }),
    ...(signsFrom !== undefined && { signsFrom }),
  };
}

/** When a key will have been public for long enough; undefined if it already has been. */
async function earliestUse(key: SigningKey, { site, now, publicMs }: RotationPorts): Promise<string | undefined> {
  const since = (await publicSince(key, site)) ?? now();
  const from = since.getTime() + publicMs;
  return from > now().getTime() ? new Date(from).toISOString() : undefined;
}
