/** Rotation of the signing keys: four steps, each of which may be repeated, and a token that always verifies. */
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { type Jwks, type KeyRing, keysOf } from '../../lib/signing/key-ring.ts';
import { type RingSecret, type RotationStep, rotate } from '../../lib/signing/rotation.ts';
import { RecordingLog } from '../fakes/recorders.ts';

const steps: RotationStep[] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** A secret with versions and stages as Secrets Manager keeps them, and the site that serves the JWKS. */
class KeyHouse {
  readonly versions = new Map<string, { text: string | undefined; stages: string[] }>();
  readonly log = new RecordingLog();
  published: Jwks | undefined;

  constructor() {
    this.versions.set('v0', { text: '{}', stages: ['AWSCURRENT'] });
  }

  /** What Secrets Manager does before the first step. */
  begin(version: string): void {
    this.versions.set(version, { text: undefined, stages: ['AWSPENDING'] });
  }

  readonly secret: RingSecret = {
    read: async (stage, version) => {
      const found = [...this.versions].filter(
        ([id, { stages }]) => stages.includes(stage) && (!version || id === version),
      );
      return found[0]?.[1].text;
    },
    stagesOf: async (version) => this.versions.get(version)?.stages,
    stagePending: async (version, text) => void this.versions.set(version, { text, stages: ['AWSPENDING'] }),
    promote: async (version) => {
      for (const [id, entry] of this.versions) {
        const others = entry.stages.filter((stage) => stage !== 'AWSCURRENT');
        entry.stages = id === version ? ['AWSCURRENT'] : others;
      }
    },
  };

  readonly site = {
    publish: async (jwks: Jwks) => {
      this.published = jwks;
    },
    fetch: async (): Promise<unknown> => this.published,
  };

  run(step: RotationStep, version: string): Promise<void> {
    return rotate(step, version, this);
  }

  async ring(): Promise<KeyRing> {
    return JSON.parse((await this.secret.read('AWSCURRENT')) ?? '') as KeyRing;
  }

  async rotated(version: string): Promise<KeyRing> {
    this.begin(version);
    for (const step of steps) await this.run(step, version);
    return this.ring();
  }
}

async function verifies(ring: KeyRing, jwks: unknown): Promise<boolean> {
  const header = { alg: 'RS256', kid: ring.current.kid };
  const token = await new SignJWT({}).setProtectedHeader(header).sign(await importJWK(ring.current, 'RS256'));
  const verified = jwtVerify(token, createLocalJWKSet(jwks as JSONWebKeySet));
  return verified.then(
    () => true,
    () => false,
  );
}

describe('the first rotation', () => {
  test('makes the ring and publishes it before it becomes current', async () => {
    const house = new KeyHouse();
    const ring = await house.rotated('v1');
    expect(ring).not.toHaveProperty('previous');
    expect(await verifies(ring, house.published)).toBe(true);
    expect(house.log.entries).toEqual([{ event: 'signing-keys-published', keys: 2, step: 'setSecret' }]);
  });
});

describe('the next rotation', () => {
  test('lets sign the key that was public before, and keeps the one that signed', async () => {
    const house = new KeyHouse();
    const before = await house.rotated('v1');
    const published = house.published;
    const after = await house.rotated('v2');
    expect([after.current, after.previous]).toEqual([before.next, before.current]);
    expect(await verifies(after, published)).toBe(true);
    expect(await verifies(before, house.published)).toBe(true);
  });

  test('leaves at every step both rings verifiable', async () => {
    const house = new KeyHouse();
    const before = await house.rotated('v1');
    house.begin('v2');
    for (const step of steps) {
      await house.run(step, 'v2');
      expect(await verifies(before, house.published)).toBe(true);
      expect(await verifies(await house.ring(), house.published)).toBe(true);
    }
  });

  test('publishes every key of the ring that still signs, however old', async () => {
    const house = new KeyHouse();
    await house.rotated('v1');
    const before = await house.rotated('v2');
    await house.rotated('v3');
    const kids = house.published?.keys.map(({ kid }) => kid);
    expect(kids).toEqual(expect.arrayContaining(keysOf(before).map(({ kid }) => kid)));
  });

  test('made of steps that are each repeated comes to the same end', async () => {
    const house = new KeyHouse();
    const before = await house.rotated('v1');
    house.begin('v2');
    for (const step of steps) for (let times = 0; times < 3; times += 1) await house.run(step, 'v2');
    expect((await house.ring()).current).toEqual(before.next);
    const finished = await house.ring();
    for (const step of steps) await house.run(step, 'v2');
    expect(await house.ring()).toEqual(finished);
  });

  test('cut off after any step and begun again makes no second new key', async () => {
    const house = new KeyHouse();
    await house.rotated('v1');
    house.begin('v2');
    await house.run('createSecret', 'v2');
    const pending = await house.secret.read('AWSPENDING', 'v2');
    for (const step of steps) await house.run(step, 'v2');
    expect(JSON.stringify(await house.ring())).toBe(pending);
  });
});

describe('a rotation stops', () => {
  test.each<[string, (jwks: Jwks | undefined) => unknown]>([
    ['serves what was there before', (jwks) => ({ keys: jwks?.keys.slice(1) })],
    ['serves no keys', () => ({ keys: [] })],
    ['serves no JWKS', () => ({ message: 'hello' })],
    ['serves nothing', () => undefined],
  ])('when the public address still %s', async (_what, served) => {
    const house = new KeyHouse();
    const before = await house.rotated('v1');
    house.begin('v2');
    await house.run('createSecret', 'v2');
    await house.run('setSecret', 'v2');
    house.site.fetch = async () => served(house.published);
    await expect(house.run('testSecret', 'v2')).rejects.toThrow();
    expect(await house.ring()).toEqual(before);
  });

  test('when the current ring is broken, rather than lose the key that signs', async () => {
    const house = new KeyHouse();
    house.versions.set('v0', { text: '{"version":1}', stages: ['AWSCURRENT'] });
    house.begin('v1');
    await expect(house.run('createSecret', 'v1')).rejects.toMatchObject({ code: 'signing-key-unavailable' });
  });

  test.each(steps)('at %s for a version nobody knows', async (step) => {
    await expect(new KeyHouse().run(step, 'v9')).rejects.toThrow('no version');
  });

  test.each(['setSecret', 'testSecret'] as const)('at %s before there is a new ring', async (step) => {
    const house = new KeyHouse();
    house.begin('v1');
    await expect(house.run(step, 'v1')).rejects.toThrow('createSecret must come first');
  });
});
