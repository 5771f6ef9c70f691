/** How signatures, times and header parts may be written: each in its ways, and no other. */
import { describe, expect, test } from 'vitest';
import { readParts } from '../../../../lib/sources/proofs/header-parts.ts';
import { base64Key, hexKey } from '../../../../lib/sources/proofs/key.ts';
import { readPublicKey } from '../../../../lib/sources/proofs/public-key.ts';
import { decodeSignature } from '../../../../lib/sources/proofs/signature-text.ts';
import { isRecent, readTimestamp } from '../../../../lib/sources/proofs/timestamp.ts';
import { keyPairs } from '../../../fakes/signers/key-signers.ts';

describe('signatures', () => {
  test.each([
    ['/-/+', 'base64', undefined],
    ['//+/', 'base64', 'ffff bf'],
    ['__-_', 'base64url', 'ffff bf'],
    ['//+/', 'base64url', undefined],
    ['AA==', 'base64', '00'],
    ['AA', 'base64', '00'],
    ['AA', 'base64url', '00'],
    ['AA==', 'base64url', '00'],
    ['AA=', 'base64', undefined],
    ['AB==', 'base64', undefined],
    ['AA==\n', 'base64', undefined],
    [' AA==', 'base64', undefined],
    ['A', 'base64', undefined],
    ['aAfF', 'hex', 'aaff'],
    ['abc', 'hex', undefined],
    ['zz', 'hex', undefined],
    ['0x00', 'hex', undefined],
  ] as const)('%j in %s', (text, encoding, hex) => {
    expect(decodeSignature(text, encoding)?.toString('hex')).toBe(hex?.replace(' ', ''));
  });
});

describe('times', () => {
  test.each([
    ['1763802000', 's', 1763802000000],
    ['1763802000123', 'ms', 1763802000123],
    ['2025-11-22T09:00:00Z', 'iso', 1763802000000],
    ['2025-11-22T10:00:00+01:00', 'iso', 1763802000000],
    ['2025-11-22T09:00:00.634234626Z', 'iso', 1763802000634],
    ['2025-11-22 09:00:00', 'iso', undefined],
    ['2025-11-22T09:00:00', 'iso', undefined],
    ['2025-13-22T09:00:00Z', 'iso', undefined],
    ['01763802000', 's', undefined],
    ['1e9', 's', undefined],
    ['-1', 's', undefined],
    ['', 's', undefined],
    ['1763802000', 'iso', undefined],
  ] as const)('%j in %s', (text, unit, time) => {
    expect(readTimestamp(text, unit)).toBe(time);
  });

  test('are recent up to the tolerance on both sides', () => {
    const now = new Date(1_000_000_000);
    for (const [offset, recent] of [
      [-30_000, true],
      [30_000, true],
      [-30_001, false],
      [30_001, false],
    ] as const) {
      expect(isRecent(now.getTime() + offset, now, 30)).toBe(recent);
    }
  });
});

describe('parts of a header', () => {
  const named = { separator: ',', signature: 'v1' };

  test('by name, with spaces around them; unknown names are ignored', () => {
    expect(readParts('t=1, v1=a,v0=b,v1=c,v11=d', named, 't')).toEqual([{ times: ['1'], signatures: ['a', 'c'] }]);
  });

  test('by position', () => {
    expect(readParts('1.a.b', { separator: '.', signature: 1 }, 0)).toEqual([{ times: ['1'], signatures: ['a'] }]);
  });

  test('in groups, each with its own time', () => {
    expect(readParts('t=1,v1=a t=2,v1=b', { ...named, groups: ' ' }, 't')).toEqual([
      { times: ['1'], signatures: ['a'] },
      { times: ['2'], signatures: ['b'] },
    ]);
  });

  test('every part, if none is named; at most sixteen', () => {
    const header = Array.from({ length: 40 }, (_, index) => index).join(',');
    expect(readParts(header, { separator: ',' }, undefined)[0]?.signatures).toHaveLength(16);
    expect(readParts('a b c '.repeat(40), { ...named, groups: ' ' }, undefined)).toHaveLength(16);
  });
});

describe('keys', () => {
  test.each([
    ['hex', hexKey, 'ab'.repeat(16), 'ab'.repeat(15)],
    ['base64', base64Key, Buffer.alloc(16, 1).toString('base64'), Buffer.alloc(15, 1).toString('base64')],
  ] as const)('%s: at least sixteen bytes after decoding', (_, read, enough, short) => {
    expect(read(enough, 16)).toHaveProperty('key');
    expect(read(short, 16)).toMatchObject({ unusable: expect.stringContaining('but has 15') });
    for (const wrong of ['', ` ${enough}`, `${enough}\n`, `${enough}!`, 'é'.repeat(32)]) {
      expect(read(wrong, 16)).toHaveProperty('unusable');
    }
    expect(read(Buffer.alloc(32).toString(_), 16)).toMatchObject({ unusable: 'must not consist of zero bytes' });
  });

  test('public keys are of the algorithm, and strong enough', () => {
    const spki = (key: { publicKey: { export(options: object): unknown } }) =>
      String(key.publicKey.export({ format: 'pem', type: 'spki' }));
    const [rsa, p256, ed25519] = [keyPairs.rsa(), keyPairs.p256(), keyPairs.ed25519()].map(spki) as [
      string,
      string,
      string,
    ];
    expect(readPublicKey(rsa, { algorithm: 'rsa-sha256' })).toBeDefined();
    expect(readPublicKey(p256, { algorithm: 'ecdsa-sha256' })).toBeDefined();
    expect(readPublicKey(ed25519, { algorithm: 'ed25519' })).toBeDefined();
    expect(readPublicKey(p256, { algorithm: 'rsa-sha256' })).toBeUndefined();
    expect(readPublicKey(rsa, { algorithm: 'ed25519' })).toBeUndefined();
    expect(readPublicKey(spki(keyPairs.weakRsa()), { algorithm: 'rsa-sha256' })).toBeUndefined();
    expect(readPublicKey('no key', { algorithm: 'ed25519' })).toBeUndefined();
  });
});
