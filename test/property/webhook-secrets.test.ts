/** Fault 62, whatever the secret is: no scheme accepts what was signed with an empty or a short key. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import type { ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';

const now = new Date('2026-11-22T09:00:00Z');
const seconds = String(now.getTime() / 1000);
const body = Buffer.from('{"id":"evt_1"}');

/** Headers that every scheme takes, signed with this key. */
function signed(key: Buffer): Record<string, string> {
  const mac = (before: string, encoding: 'hex' | 'base64') =>
    createHmac('sha256', key).update(before).update(body).digest(encoding);
  return {
    'webhook-id': 'm',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${mac(`m.${seconds}.`, 'base64')}`,
    'stripe-signature': `t=${seconds},v1=${mac(`${seconds}.`, 'hex')}`,
    'x-hub-signature-256': `sha256=${mac('', 'hex')}`,
    'x-shopify-hmac-sha256': mac('', 'base64'),
  };
}

const schemes: ProofSettings['scheme'][] = ['standard-webhooks', 'stripe', 'github', 'shopify'];
const base64Letters = fc.constantFrom(...'ABCDwxyz0189+/=-_. \n');
const secret = fc
  .tuple(
    fc.constantFrom('', 'whsec_', 'whsec_='),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: base64Letters, maxLength: 60 }),
      fc.base64String({ maxLength: 60 }),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc.nat(40).map((length) => Buffer.alloc(length).toString('base64')),
      fc.nat(40).map((length) => '\0'.repeat(length)),
    ),
  )
  .map((parts) => parts.join(''));

/** The empty key, the secret's beginnings, and what a decoder that forgives makes of it: all shorter than a key may be. */
function shortKeys(text: string): Buffer[] {
  const rest = text.replace('whsec_', '');
  const candidates = [text, rest].flatMap((one) => [
    Buffer.from(one),
    Buffer.from(one, 'base64'),
    Buffer.from(one, 'hex'),
  ]);
  return [Buffer.alloc(0), ...candidates.flatMap((key) => [key, key.subarray(0, 15)])].filter(
    ({ length }) => length < 16,
  );
}

test('fault 62: random secrets never accept a signature of an empty or short key', { timeout: 300_000 }, async () => {
  let usable = 0;
  await fc.assert(
    fc.asyncProperty(secret, fc.constantFrom(...schemes), async (text, scheme) => {
      const { readKey, proof } = schemeOf({ scheme } as ProofSettings);
      const read = readKey?.(text) ?? { unusable: 'no secret' };
      const keys = 'key' in read ? [read.key] : [];
      usable += keys.length;
      for (const key of shortKeys(text))
        expect((await proof({ headers: signed(key), body }, keys, now)).proven).toBe(false);
      for (const key of keys) expect((await proof({ headers: signed(key), body }, keys, now)).proven).toBe(true);
    }),
    { numRuns: 4000 },
  );
  // The generator reaches both sides.
  expect(usable).toBeGreaterThan(100);
});
