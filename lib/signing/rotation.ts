/** Rotation of the signing keys: Secrets Manager's four steps over the ring, each of which may be repeated. */
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import type { Log } from '../issuance/ports.ts';
import { firstRing, type Jwks, jwksOf, type KeyRing, keysOf, parseKeyRing, turnedRing } from './key-ring.ts';

/** The secret that holds the ring, version by version. */
export interface RingSecret {
  /** Text of the version with this staging label; undefined when there is none. */
  read(stage: 'AWSCURRENT' | 'AWSPENDING', version?: string): Promise<string | undefined>;
  /** Stages of a version; undefined when the secret does not know it. */
  stagesOf(version: string): Promise<readonly string[] | undefined>;
  stagePending(version: string, text: string): Promise<void>;
  /** Moves AWSCURRENT to this version. */
  promote(version: string): Promise<void>;
}

export interface JwksSite {
  publish(jwks: Jwks): Promise<void>;
  /** What the public address serves. */
  fetch(): Promise<unknown>;
}

export interface RotationPorts {
  secret: RingSecret;
  site: JwksSite;
  log: Log;
}

export type RotationStep = 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';

/** Carries out one step for the version that is being made. Throws when Secrets Manager should try again. */
export async function rotate(step: RotationStep, version: string, ports: RotationPorts): Promise<void> {
  const stages = await ports.secret.stagesOf(version);
  if (stages === undefined) throw new Error('The secret has no version for this rotation');
  if (stages.includes('AWSCURRENT')) return;
  await steps[step](version, ports);
}

const steps: Record<RotationStep, (version: string, ports: RotationPorts) => Promise<void>> = {
  async createSecret(version, { secret }) {
    if ((await secret.read('AWSPENDING', version)) !== undefined) return;
    const current = await currentRing(secret);
    await secret.stagePending(version, JSON.stringify(current ? await turnedRing(current) : await firstRing()));
  },

  /** The pending ring first: whoever still signs with the current ring uses a key that is in it as `previous`. */
  async setSecret(version, ports) {
    const pending = await pendingRing(version, ports.secret);
    const current = await currentRing(ports.secret);
    const jwks = jwksOf(pending, ...(current ? [current] : []));
    await ports.site.publish(jwks);
    ports.log.write({ event: 'signing-keys-published', keys: jwks.keys.length, step: 'setSecret' });
  },

  async testSecret(version, { secret, site }) {
    const pending = await pendingRing(version, secret);
    const published = createLocalJWKSet((await site.fetch()) as Jwks);
    for (const key of keysOf(pending)) {
      const token = await new SignJWT({ test: true })
        .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
        .setExpirationTime('1m')
        .sign(await importJWK(key, 'RS256'));
      await jwtVerify(token, published);
    }
  },

  async finishSecret(version, { secret }) {
    await secret.promote(version);
  },
};

async function pendingRing(version: string, secret: RingSecret): Promise<KeyRing> {
  const text = await secret.read('AWSPENDING', version);
  if (text === undefined) throw new Error('The new ring is not there: createSecret must come first');
  return parseKeyRing(text);
}

/** Undefined before the first rotation, when the secret holds only what the stack put there. */
async function currentRing(secret: RingSecret): Promise<KeyRing | undefined> {
  const text = await secret.read('AWSCURRENT');
  return text === undefined || text === noKeysYet ? undefined : parseKeyRing(text);
}

/** What the stack writes into the new secret instead of a ring. */
const noKeysYet = '{}';
