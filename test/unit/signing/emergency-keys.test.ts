/** An emergency: compromised keys are gone at once, and nothing is signed that could not be verified. */
import { decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { dropKeys } from '../../../lib/signing/emergency.ts';
import { jwksOf, type KeyRing, keysOf } from '../../../lib/signing/key-ring.ts';
import { keysStatus } from '../../../lib/signing/keys-status.ts';
import { partnerTokens } from '../../../lib/signing/partner-token.ts';
import { KeyHouse } from '../../fakes/key-house.ts';

const hour = 3600_000;
let house: KeyHouse;
let before: KeyRing;

beforeEach(async () => {
  house = new KeyHouse(hour);
  before = await house.rotated('v1');
  house.clock.advance(2 * hour);
});

const kidsOf = (ring: KeyRing) => keysOf(ring).map(({ kid }) => kid);
const publishedKids = () => house.published?.keys.map(({ kid }) => kid) ?? [];

/** The kid a worker signs with now. */
async function signs(): Promise<string | undefined> {
  const readRing = async () => {
    const found = await house.secret.read('AWSCURRENT');
    if (found === undefined) throw new Error('no ring');
    return found;
  };
  const tokens = partnerTokens({ readRing, now: house.now });
  return decodeProtectedHeader(await tokens.sign({ partnerId: 'a', email: 'a@example.com', scope: 'issue' })).kid;
}

describe('dropping the key that signs', () => {
  test('takes it out of ring and JWKS; the one that was public signs at once', async () => {
    const answer = await dropKeys([before.current.kid], house.ports());
    const ring = await house.ring();
    expect(answer).toEqual({ dropped: [before.current.kid], signs: before.next.kid });
    expect(ring.current).toEqual(before.next);
    expect(ring).not.toHaveProperty('previous');
    expect(publishedKids()).toEqual(kidsOf(ring));
    expect(await signs()).toBe(before.next.kid);
  });

  test('keeps a previous key that nobody has complained of', async () => {
    const turned = await house.rotated('v2');
    house.clock.advance(2 * hour);
    await dropKeys([turned.current.kid], house.ports());
    expect((await house.ring()).previous).toEqual(turned.previous);
  });

  test('minutes after a rotation lets the next key wait until it has been public for long enough', async () => {
    const turned = await house.rotated('v2');
    house.clock.advance(10 * 60_000);
    const { signsFrom } = await dropKeys([turned.current.kid], house.ports());
    expect(signsFrom).toBe(new Date(house.now().getTime() + 50 * 60_000).toISOString());
    await expect(signs()).rejects.toMatchObject({
      code: 'signing-key-unavailable',
      kind: 'retry-later',
      retryAfterSeconds: 3000,
    });
    house.clock.advance(50 * 60_000);
    expect(await signs()).toBe(turned.next.kid);
  });

  test('twice does it once', async () => {
    const kids = [before.current.kid];
    await dropKeys(kids, house.ports());
    const ring = await house.ring();
    house.published = { keys: [] };
    expect(await dropKeys(kids, house.ports())).toEqual({ dropped: [], signs: ring.current.kid });
    expect(await house.ring()).toEqual(ring);
    expect(publishedKids()).toEqual(kidsOf(ring));
    const made = [...house.versions.keys()].filter((version) => !['v0', 'v1'].includes(version));
    expect(made, 'one new version of the secret').toHaveLength(1);
    const told = { event: 'signing-keys-published', keys: 2, step: 'emergency' };
    expect(house.log.entries.slice(-2)).toEqual([told, told]);
  });
});

describe('dropping other keys', () => {
  test('all of them: new ones are published, and none signs before it has been public for long enough', async () => {
    const answer = await dropKeys(kidsOf(before), house.ports());
    const ring = await house.ring();
    expect(kidsOf(ring).filter((kid) => kidsOf(before).includes(kid))).toEqual([]);
    expect(publishedKids()).toEqual(kidsOf(ring));
    expect(answer.signsFrom).toBe(new Date(house.now().getTime() + hour).toISOString());
    await expect(signs()).rejects.toMatchObject({ kind: 'retry-later' });
    house.clock.advance(hour);
    expect(await signs()).toBe(ring.current.kid);
  });

  test('the next one: the one that signs goes on', async () => {
    expect(await dropKeys([before.next.kid], house.ports())).toEqual({
      dropped: [before.next.kid],
      signs: before.current.kid,
    });
    expect((await house.ring()).next.kid).not.toBe(before.next.kid);
  });

  test('the previous one: the others stay as they are, and the one that signs goes on', async () => {
    const turned = await house.rotated('v2');
    await dropKeys([turned.previous?.kid ?? expect.unreachable()], house.ports());
    const { current, next } = turned;
    expect(await house.ring()).toEqual({ version: 1, current, next });
  });

  test('where there are none yet is refused', async () => {
    await expect(dropKeys([before.next.kid], new KeyHouse().ports())).rejects.toThrow('no signing keys');
  });
});

describe('an emergency in the middle of a rotation', () => {
  test.each(['setSecret', 'testSecret', 'finishSecret'] as const)(
    'leaves %s nothing to do, and the key stays away',
    async (step) => {
      house.begin('v2');
      for (const earlier of ['createSecret', 'setSecret', 'testSecret'] as const) {
        if (earlier === step) break;
        await house.run(earlier, 'v2');
      }
      await dropKeys([before.current.kid], house.ports());
      await expect(house.run(step, 'v2')).rejects.toThrow();
      expect(publishedKids()).not.toContain(before.current.kid);
      house.clock.advance(2 * hour);
      expect(kidsOf(await house.rotated('v3'))).not.toContain(before.current.kid);
    },
  );
});

describe('the status', () => {
  test('tells roles, kids and what is public, and no secret member', async () => {
    const status = await keysStatus(house.ports());
    expect(status).toMatchObject({
      keys: [
        { role: 'current', kid: before.current.kid },
        { role: 'next', kid: before.next.kid },
      ],
      published: 'as-in-the-ring',
      publishedKids: kidsOf(before),
      publicMinutes: 60,
    });
    for (const key of keysOf(before)) {
      for (const member of [key.d, key.p, key.q, key.dp, key.dq, key.qi])
        expect(JSON.stringify(status)).not.toContain(member);
    }
  });

  test('tells since when each key is there and public, and from when one signs that was not public for long', async () => {
    const publishedAt = house.publishedAt?.toISOString();
    const madeAt = before.current.madeAt;
    expect(madeAt).toBeDefined();
    const quiet = await keysStatus(house.ports());
    expect(quiet).toMatchObject({ keys: [{ madeAt }, {}], publishedSince: publishedAt });
    expect(quiet).not.toHaveProperty('signsFrom');
    const { signsFrom } = await dropKeys(kidsOf(before), house.ports());
    expect(await keysStatus(house.ports())).toMatchObject({ signsFrom });
  });

  test('knows as many other keys from its own', async () => {
    const others = await new KeyHouse().rotated('v1');
    house.published = jwksOf(others);
    expect((await keysStatus(house.ports())).published).toBe('other-keys');
  });

  test.each([null, 'text', {}, { keys: 'text' }, { keys: [null, 7, 'text'] }])('%j is no key set', async (served) => {
    house.site.fetch = async () => ({ jwks: served });
    expect(await keysStatus(house.ports())).toMatchObject({ published: 'nothing', publishedKids: [] });
    house.site.fetch = () => Promise.reject(new Error('unavailable'));
    expect((await keysStatus(house.ports())).published).toBe('nothing');
  });

  test('says when something else is published, or nothing', async () => {
    house.published = { keys: house.published?.keys.slice(1) ?? [] };
    expect((await keysStatus(house.ports())).published).toBe('other-keys');
    house.published = undefined;
    expect((await keysStatus(house.ports())).published).toBe('nothing');
    expect((await keysStatus(new KeyHouse().ports())).keys).toEqual([]);
  });

  test('by a version of the secret in place of a kid does not compile', () => {
    // @ts-expect-error: a string is no kid before it was read as one
    expectTypeOf(dropKeys).toBeCallableWith(['v2'], house.ports());
  });
});
