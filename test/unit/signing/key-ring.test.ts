/** The ring of signing keys: what a secret may hold, and that only public halves leave it. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  firstRing,
  generateSigningKey,
  jwksOf,
  type KeyRing,
  parseKeyRing,
  turnedRing,
} from '../../../lib/signing/key-ring.ts';

let ring: KeyRing;
let turned: KeyRing;

beforeAll(async () => {
  ring = await firstRing();
  turned = await turnedRing(ring);
});

const parsing = (value: unknown) => parseKeyRing(typeof value === 'string' ? value : JSON.stringify(value));
const malformed = (where: string) => ({ code: 'signing-key-unavailable', detail: `malformed: ${where}` });

describe('a ring', () => {
  test('is read back as it was written', async () => {
    expect(await parsing(ring)).toEqual(ring);
    expect(await parsing(turned)).toEqual(turned);
  });

  test('turns: next signs, current becomes previous, and a new one waits', () => {
    expect([turned.current, turned.previous]).toEqual([ring.next, ring.current]);
    const kids = [turned.current, turned.next, turned.previous].map((key) => key?.kid);
    expect(new Set(kids).size).toBe(3);
  });

  test('has RSA 2048 keys whose kid is their RFC 7638 thumbprint', async () => {
    const key = await generateSigningKey();
    expect(Buffer.from(key.n, 'base64url')).toHaveLength(256);
    expect(key.kid).toBe(await calculateJwkThumbprint({ kty: 'RSA', n: key.n, e: key.e }));
  });

  test.each<[string, () => unknown, unknown]>([
    ['no JSON', () => 'hello', malformed('the secret')],
    ['nothing', () => '', malformed('the secret')],
    ['an empty object', () => '{}', malformed('version, current, next')],
    ['another version', () => ({ ...ring, version: 2 }), malformed('version')],
    ['no next key', () => ({ version: 1, current: ring.current }), malformed('next')],
    ['an unknown member', () => ({ ...ring, extra: 1 }), malformed('the secret')],
    ['a public key only', () => ({ ...ring, current: { ...ring.current, d: undefined } }), malformed('current.d')],
    ['padding in a member', () => ({ ...ring, next: { ...ring.next, n: `${ring.next.n}=` } }), malformed('next.n')],
    ['another kind of key', () => ({ ...ring, next: { ...ring.next, kty: 'EC' } }), malformed('next.kty')],
  ])('fault 26: with %s is refused, naming the place and no value', async (_name, value, error) => {
    await expect(parsing(value())).rejects.toMatchObject(error as object);
  });

  test('fault 26: with a kid that is not its key’s thumbprint is refused', async () => {
    const swapped = { ...ring, next: { ...ring.next, kid: ring.current.kid } };
    const detail = 'a kid is not the thumbprint of its key';
    await expect(parsing(swapped)).rejects.toMatchObject({ code: 'signing-key-unavailable', detail });
  });

  test('fault 26: with a key that is too short is refused', async () => {
    // Web Crypto makes none that short under RS256, so the modulus is cut.
    const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
    const jwk = await exportJWK(privateKey);
    const n = Buffer.from(jwk.n ?? '', 'base64url')
      .subarray(0, 128)
      .toString('base64url');
    const kid = await calculateJwkThumbprint({ kty: 'RSA', n, e: jwk.e ?? '' });
    const short = { ...ring, next: { ...jwk, n, kid } };
    await expect(parsing(short)).rejects.toMatchObject({ detail: 'a key is shorter than 2048 bits' });
  });

  test('that is refused gives nothing of itself away', async () => {
    const error: unknown = await parsing({ ...ring, next: { ...ring.next, kid: 'x' } }).catch(
      (thrown: unknown) => thrown,
    );
    expect(JSON.stringify([String(error), error])).not.toContain(ring.next.d.slice(0, 20));
  });
});

describe('fault 25: the JWKS', () => {
  test('has every key of every ring once, with its public members and no other', () => {
    const { keys } = jwksOf(turned, ring);
    expect(keys).toHaveLength(3);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(key).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256' });
    }
  });

  test('has no private number under any name', () => {
    const text = JSON.stringify(jwksOf(turned, ring));
    for (const key of [turned.current, turned.next, ring.current]) {
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) expect(text).not.toContain(key[member]);
    }
  });

  test('before a rotation has the key that will sign after it', () => {
    expect(jwksOf(ring).keys.map(({ kid }) => kid)).toContain(turned.current.kid);
  });

  test('after a rotation still has the key that signed before it', () => {
    expect(jwksOf(turned).keys.map(({ kid }) => kid)).toContain(ring.current.kid);
  });
});
