/** Rotation of the signing keys: four steps, each of which may be repeated, and a token that always verifies. */
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { type Jwks, type KeyRing, keysOf, turnedRing } from '../../../lib/signing/key-ring.ts';
import { KeyHouse, rotationSteps as steps } from '../../fakes/key-house.ts';

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
    expect(house.log.entries).toMatchObject([{ event: 'signing-keys-published', keys: 2, step: 'setSecret' }]);
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

  test('fault 3: cut off after any step and begun again makes no second new key', async () => {
    const house = new KeyHouse();
    await house.rotated('v1');
    house.begin('v2');
    await house.run('createSecret', 'v2');
    const pending = (await house.secret.read('AWSPENDING', 'v2'))?.text;
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
    house.site.fetch = async () => ({ jwks: served(house.published) });
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

describe('fault 25: a key that was not public for long', () => {
  const minute = 60_000;

  test('does not sign: the rotation leaves the ring and publishes it again', async () => {
    const house = new KeyHouse(60 * minute);
    const before = await house.rotated('v1');
    house.clock.advance(59 * minute);
    house.published = { keys: [] };
    expect(await house.rotated('v2')).toEqual(before);
    expect(await verifies(before, house.published)).toBe(true);
    expect(house.log.of('signing-keys-kept')).toHaveLength(1);
  });

  test('for a minute less than it must be does not sign, and the log says for how long it was', async () => {
    const house = new KeyHouse(60 * minute);
    const before = await house.rotated('v1');
    house.clock.advance(59 * minute);
    expect(await house.rotated('v2')).toEqual(before);
    expect(house.log.of('signing-keys-kept')).toEqual([{ event: 'signing-keys-kept', publicMinutes: 59 }]);
  });

  test.each([
    ['does not say since when', (house: KeyHouse) => (house.publishedAt = undefined)],
    ['has it under the same kid with another modulus', (house: KeyHouse) => tamper(house)],
    ['does not have it', (house: KeyHouse) => (house.published = { keys: [] })],
  ])('does not sign either when the public address %s', async (_what, change) => {
    const house = new KeyHouse(60 * minute);
    const before = await house.rotated('v1');
    house.clock.advance(90 * 24 * 60 * minute);
    change(house);
    expect((await house.rotated('v2')).current).toEqual(before.current);
  });

  test('signs once it has been', async () => {
    const house = new KeyHouse(60 * minute);
    const before = await house.rotated('v1');
    house.clock.advance(60 * minute);
    expect((await house.rotated('v2')).current).toEqual(before.next);
  });

  test('is not waited for at the very first rotation', async () => {
    expect((await new KeyHouse(60 * minute).rotated('v1')).current).toBeDefined();
  });
});

function tamper(house: KeyHouse): void {
  house.published = { keys: (house.published?.keys ?? []).map((key) => ({ ...key, n: 'AQAB' })) };
}

describe('a rotation whose ring the current one has left behind', () => {
  test.each(['setSecret', 'testSecret', 'finishSecret'] as const)('is abandoned at %s', async (step) => {
    const house = new KeyHouse();
    await house.rotated('v1');
    house.begin('v2');
    for (const earlier of steps.slice(0, steps.indexOf(step))) await house.run(earlier, 'v2');
    const other = await turnedRing(await house.ring());
    house.versions.set('v3', { text: JSON.stringify(other), stages: ['AWSPENDING'] });
    await house.secret.promote('v3', 'v1');
    await expect(house.run(step, 'v2')).rejects.toThrow('abandoned');
    expect(await house.ring()).toEqual(other);
    await expect(house.run(step, 'v2')).rejects.toThrow();
    expect((await house.rotated('v4')).current).toEqual(other.next);
  });

  test.each<[string, (pending: KeyRing, strange: KeyRing) => KeyRing]>([
    ['lets a key sign that was never public', (pending, strange) => ({ ...pending, current: strange.current })],
    ['forgets the key that signs now', (pending, strange) => ({ ...pending, previous: strange.current })],
  ])('is abandoned when its ring %s', async (_what, change) => {
    const house = new KeyHouse();
    const before = await house.rotated('v1');
    const strange = await new KeyHouse().rotated('v1');
    house.begin('v2');
    await house.run('createSecret', 'v2');
    const pending = JSON.parse((await house.secret.read('AWSPENDING', 'v2'))?.text ?? '') as KeyRing;
    house.versions.set('v2', { text: JSON.stringify(change(pending, strange)), stages: ['AWSPENDING'] });
    await expect(house.run('finishSecret', 'v2')).rejects.toThrow('abandoned');
    expect(await house.ring()).toEqual(before);
  });

  test('is abandoned when a first ring claims to have a previous key', async () => {
    const house = new KeyHouse();
    const turned = await turnedRing(await new KeyHouse().rotated('v1'));
    house.versions.set('v1', { text: JSON.stringify(turned), stages: ['AWSPENDING'] });
    await expect(house.run('setSecret', 'v1')).rejects.toThrow('abandoned');
    expect(house.published).toBeUndefined();
  });

  test('takes back what it published if it is abandoned in the middle of that', async () => {
    const house = new KeyHouse();
    const before = await house.rotated('v1');
    house.begin('v2');
    await house.run('createSecret', 'v2');
    const publish = house.site.publish;
    house.site.publish = async (jwks) => {
      await publish(jwks);
      house.site.publish = publish;
      await house.secret.abandon('v2');
    };
    await expect(house.run('setSecret', 'v2')).rejects.toThrow('abandoned');
    expect(house.published?.keys.map(({ kid }) => kid)).toEqual([before.current.kid, before.next.kid]);
  });

  test('is abandoned when its ring cannot be read', async () => {
    const house = new KeyHouse();
    const before = await house.rotated('v1');
    house.versions.set('v2', { text: 'half a ring', stages: ['AWSPENDING'] });
    await expect(house.run('setSecret', 'v2')).rejects.toThrow('abandoned');
    expect((await house.rotated('v3')).current).toEqual(before.next);
  });
});

describe('the public address', () => {
  test('is looked at again while it still serves what was there before', async () => {
    const house = new KeyHouse();
    await house.rotated('v1');
    house.begin('v2');
    await house.run('createSecret', 'v2');
    const old = house.published;
    await house.run('setSecret', 'v2');
    let looks = 0;
    const { fetch } = house.site;
    house.site.fetch = async () => (++looks < 3 ? { jwks: old } : fetch());
    await house.run('testSecret', 'v2');
    expect(looks).toBe(3);
    house.site.fetch = async () => ({ jwks: old });
    await expect(house.run('testSecret', 'v2')).rejects.toThrow();
  });
});
