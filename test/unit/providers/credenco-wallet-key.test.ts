/** The external key of a wallet: taken as it is, and refused where it cannot be one segment of a path. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalWalletKey } from '../../../lib/providers/credenco/wallet-key.ts';

function end(key: string): string {
  try {
    return `as ${canonicalWalletKey(key)}`;
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}

test.each([
  'coolsoft-bv',
  'a/b?c d',
  'a#b%2Fc',
  '%2e%2e',
  '..a',
  'a..b',
  '...',
  'a&directIssue=false',
  'Größe/会社',
  '🏢',
  'did:web:example.com:wallet',
  '__proto__',
  'x'.repeat(255),
])('%j is taken as it is', (key) => {
  expect(end(key)).toBe(`as ${key}`);
});

test.each([
  '',
  ' ',
  ' a',
  'a ',
  '.',
  '..',
  '../admin',
  'a/../b',
  'a/.',
  'a\\..\\b',
  'a\nb',
  'a\r\nhost: b',
  'a\u0000',
  'a\u007f',
  'a\u0085b',
  'a\u200bb',
  'a\u202eb',
  'a\u2028b',
  '\ud800',
  'x'.repeat(256),
])('fault 29: %j is refused', (key) => {
  expect(end(key)).toBe('holder-invalid');
});

describe('fault 29: two ways of writing one key', () => {
  test('become one', () => {
    expect(canonicalWalletKey('Gro\u0308ße')).toBe('Größe');
  });

  test('canonical is canonical, and one segment of a path wherever it goes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (key) => {
        const result = end(key);
        if (result === 'holder-invalid') return;
        const canonical = result.slice(3);
        expect(canonicalWalletKey(canonical)).toBe(canonical);
        const url = new URL(`https://wallet.example/api/oidc/offer/${encodeURIComponent(canonical)}?directIssue=true`);
        expect(url.origin).toBe('https://wallet.example');
        expect(url.pathname.split('/')).toHaveLength(5);
        expect(decodeURIComponent(url.pathname.split('/')[4] ?? '')).toBe(canonical);
        expect(url.search).toBe('?directIssue=true');
      }),
    );
  });
});
