/** Emergency: compromised keys leave the ring and the JWKS at once, and no token is signed that cannot be verified. */
import { randomUUID } from 'node:crypto';
import { generateSigningKey, jwksOf, type KeyRing, keysOf, type SigningKey } from './key-ring.ts';
import { provePublic, publicSince } from './public-keys.ts';
import { currentRing } from './rotation.ts';
import type { RotationPorts } from './rotation-ports.ts';

export interface Dropped {
  /** Which of the named keys were in the ring. */
  dropped: string[];
  /** Which key signs now. */
  signs: string;
  /** When it begins to sign; undefined when it does at once. */
  signsFrom?: string;
}

/**
 * Takes the keys with these `kid`s out of the ring and out of the JWKS. `next` takes the place of `current`, and new
 * keys are made for what is missing then. A rotation that is under way is abandoned. Safe to repeat: for keys that are
 * not in the ring any more, the ring is only published again.
 */
export async function dropKeys(kids: readonly string[], ports: RotationPorts): Promise<Dropped> {
  const before = await currentRing(ports.secret);
  if (before === undefined) throw new Error('There are no signing keys yet');
  const dropped = keysOf(before.ring)
    .map(({ kid }) => kid)
    .filter((kid) => kids.includes(kid));
  const ring = dropped.length === 0 ? before.ring : await ringWithout(kids, before.ring, ports);
  if (dropped.length > 0) {
    // AWSPENDING moves here: a rotation that is under way finds itself abandoned.
    const version = randomUUID();
    await ports.secret.stagePending(version, JSON.stringify(ring));
    await ports.secret.promote(version, before.version);
  }
  // The secret first: a worker whose token is refused from now on reads the ring again and has the new key.
  const jwks = jwksOf(ring);
  await ports.site.publish(jwks);
  await provePublic(ring, ports);
  ports.log.write({ event: 'signing-keys-published', keys: jwks.keys.length, step: 'emergency' });
  return { dropped, signs: ring.current.kid, ...(ring.signsFrom !== undefined && { signsFrom: ring.signsFrom }) };
}

async function ringWithout(kids: readonly string[], ring: KeyRing, ports: RotationPorts): Promise<KeyRing> {
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

/** When a key will have been public for long enough; undefined when it has been. */
async function earliestUse(key: SigningKey, { site, now, publicMs }: RotationPorts): Promise<string | undefined> {
  const since = (await publicSince(key, site)) ?? now();
  const from = since.getTime() + publicMs;
  return from > now().getTime() ? new Date(from).toISOString() : undefined;
}
