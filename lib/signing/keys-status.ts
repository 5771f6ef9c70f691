/** The status of the signing keys for an operator, without any secret member. */
import { type Jwks, keysOf } from './key-ring.ts';
import { isPublished, publishedKeys } from './public-keys.ts';
import { currentRing } from './rotation.ts';
import type { PublicJwks, RotationPorts } from './rotation-ports.ts';

export interface KeyStatus {
  role: 'current' | 'next' | 'previous';
  kid: string;
  madeAt?: string;
}

export interface KeysStatus {
  /** Empty before the first rotation. */
  keys: KeyStatus[];
  /** Only after an emergency: when `current` begins to sign. */
  signsFrom?: string;
  /** What the public address serves: exactly the ring's keys, other keys, or nothing readable. */
  published: 'as-in-the-ring' | 'other-keys' | 'nothing';
  publishedKids: string[];
  publishedSince?: string;
  /** How long a key must be public before it signs. */
  publicMinutes: number;
}

export async function keysStatus({ secret, site, publicMs }: RotationPorts): Promise<KeysStatus> {
  const ring = (await currentRing(secret))?.ring;
  const { jwks, since } = await site.fetch().catch((): PublicJwks => ({ jwks: undefined }));
  const keys = ring === undefined ? [] : keysOf(ring);
  const shown: Partial<Jwks['keys'][number]>[] = publishedKeys(jwks);
  const equal = ring !== undefined && isPublished(ring, jwks);
  return {
    keys: keys.map(({ kid, madeAt }, index) => ({
      role: (['current', 'next', 'previous'] as const)[index] ?? 'previous',
      kid,
      ...(madeAt !== undefined && { madeAt }),
    })),
    ...(ring?.signsFrom !== undefined && { signsFrom: ring.signsFrom }),
    published: equal ? 'as-in-the-ring' : shown.length === 0 ? 'nothing' : 'other-keys',
    publishedKids: shown.map(({ kid }) => String(kid)),
    ...(since && { publishedSince: since.toISOString() }),
    publicMinutes: publicMs / 60_000,
  };
}
