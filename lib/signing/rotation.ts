/** Rotation of the signing keys: Secrets Manager's four steps for the ring, each of which can be repeated. */
import { firstRing, jwksOf, type KeyRing, parseKeyRing, turnedRing } from './key-ring.ts';
import { provePublic, publicSince } from './public-keys.ts';
import type { RingSecret, RotationPorts } from './rotation-ports.ts';

export type { RingSecret, RotationPorts } from './rotation-ports.ts';

export type RotationStep = 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';

/** Performs one step for the new version. Throws if Secrets Manager should try again. */
export async function rotate(step: RotationStep, version: string, ports: RotationPorts): Promise<void> {
  const stages = await ports.secret.stagesOf(version);
  if (stages === undefined) throw new Error('The secret has no version for this rotation');
  if (stages.includes('AWSCURRENT')) return;
  await steps[step](version, ports);
}

const steps: Record<RotationStep, (version: string, ports: RotationPorts) => Promise<void>> = {
  async createSecret(version, ports) {
    if ((await ports.secret.read('AWSPENDING', version)) !== undefined) return;
    const current = await currentRing(ports.secret);
    const pending = current === undefined ? await firstRing() : await successor(current.ring, ports);
    await ports.secret.stagePending(version, JSON.stringify(pending));
  },

  /** The pending ring first: a function that still signs with the current ring uses a key that is `previous` in it. */
  async setSecret(version, ports) {
    const { pending, current } = await ringsOf(version, ports.secret);
    const jwks = jwksOf(pending, ...(current ? [current.ring] : []));
    await ports.site.publish(jwks);
    await undoIfAbandoned(version, ports);
    ports.log.write({ event: 'signing-keys-published', keys: jwks.keys.length, step: 'setSecret' });
  },

  async testSecret(version, ports) {
    const { pending } = await ringsOf(version, ports.secret);
    await provePublic(pending, ports);
  },

  async finishSecret(version, { secret }) {
    const { current } = await ringsOf(version, secret);
    const from = current?.version ?? (await secret.read('AWSCURRENT'))?.version;
    await secret.promote(version, from);
  },
};

/**
 * The ring that follows. A `next` that has not been public for long may be missing in cached copies of the JWKS: then the
 * ring stays unchanged, and the rotation only publishes it again.
 */
async function successor(ring: KeyRing, ports: RotationPorts): Promise<KeyRing> {
  if (ports.publicMs <= 0) return turnedRing(ring);
  const since = await publicSince(ring.next, ports.site);
  const publicFor = since === undefined ? 0 : ports.now().getTime() - since.getTime();
  if (publicFor >= ports.publicMs) return turnedRing(ring);
  ports.log.write({ event: 'signing-keys-kept', publicMinutes: Math.floor(publicFor / 60_000) });
  return ring;
}

/** The pending ring and the current ring. A pending ring that does not follow the current ring (any more) is abandoned. */
async function ringsOf(
  version: string,
  secret: RingSecret,
): Promise<{ pending: KeyRing; current: CurrentRing | undefined }> {
  const found = await secret.read('AWSPENDING', version);
  if (found === undefined) throw new Error('The new ring is not there: createSecret must come first');
  const current = await currentRing(secret);
  const pending = await parseKeyRing(found.text).catch(() => undefined);
  if (pending !== undefined && follows(pending, current?.ring)) return { pending, current };
  await secret.abandon(version);
  throw new Error('The new ring does not follow the current one: this rotation is abandoned, the next begins again');
}

/** Whether a ring is the current ring, rotated or unchanged. */
function follows(pending: KeyRing, current: KeyRing | undefined): boolean {
  if (current === undefined) return pending.previous === undefined;
  const kids = ({ previous, current: signs, next }: KeyRing) => [previous?.kid, signs.kid, next.kid].join();
  const turned = pending.previous?.kid === current.current.kid && pending.current.kid === current.next.kid;
  return turned || kids(pending) === kids(current);
}

/** An emergency may have removed a key while this rotation was about to publish it. */
async function undoIfAbandoned(version: string, { secret, site }: RotationPorts): Promise<void> {
  if ((await secret.read('AWSPENDING', version)) !== undefined) return;
  const current = await currentRing(secret);
  if (current !== undefined) await site.publish(jwksOf(current.ring));
  throw new Error('This rotation was abandoned while it published its keys; the current keys are published again');
}

export interface CurrentRing {
  version: string;
  ring: KeyRing;
}

/** Undefined before the first rotation, when the secret has only the stack's initial value. */
export async function currentRing(secret: RingSecret): Promise<CurrentRing | undefined> {
  const found = await secret.read('AWSCURRENT');
  if (found === undefined || found.text === noKeysYet) return undefined;
  return { version: found.version, ring: await parseKeyRing(found.text) };
}

/** The initial value that the stack writes into the new secret. */
const noKeysYet = '{}';
