/** How long the worst texts keep a proof that reads an unproven body: printed, and each is refused. */
import { afterAll, expect, test } from 'vitest';
import type { Delivery } from '../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import type { ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';
import { textSecret } from '../fakes/signers/signer.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const largest = 64 * 1024;
const form = 'application/x-www-form-urlencoded';
const fits = (text: string) => text.slice(0, largest);

const texts: Readonly<Record<string, [string, string]>> = {
  'a form of one field, repeated': [form, fits('a=&'.repeat(largest / 3))],
  'a form of many fields': [form, fits(Array.from({ length: 30_000 }, (_, index) => `f${index}=1`).join('&'))],
  'a long list of signatures': [form, fits(`bt_payload=x&bt_signature=${'a|b%26'.repeat(largest / 6)}`)],
  'deep JSON': ['application/json', '['.repeat(100_000)],
  'wide JSON': ['application/json', fits(`[${'1,'.repeat(largest / 2 - 2)}1]`)],
  'many notifications': [
    'application/json',
    fits(`{"notificationItems":[${Array.from({ length: 4000 }, () => '{"NotificationRequestItem":{}}').join()}]}`),
  ],
  'one long text': ['application/json', JSON.stringify({ signature: { signature: 'a'.repeat(largest - 100) } })],
  'a text that a pattern backtracks on': ['application/json', JSON.stringify({ a: `${'a'.repeat(40)}!` })],
  'more than the largest body': ['application/json', JSON.stringify({ a: 'a'.repeat(largest) })],
};

const pattern: ProofSettings = {
  scheme: 'hmac',
  header: 'x-signature',
  algorithm: 'sha256',
  encoding: 'hex',
  content: '$replace(a, /^(a+)+$/, "")',
  signed: '{content}',
};
const proofs: [string, ProofSettings][] = [
  ...(['adyen', 'braintree', 'mailgun', 'twilio'] as const).map((scheme): [string, ProofSettings] => [
    scheme,
    { scheme },
  ]),
  ['a pattern that backtracks', pattern],
];
const report: string[] = [];

test.each(proofs)('%s', async (name, proof) => {
  for (const [what, [type, body]] of Object.entries(texts)) {
    const delivery: Delivery = {
      headers: { 'content-type': type, 'x-signature': 'a'.repeat(64), 'x-twilio-signature': `${'a'.repeat(27)}=` },
      body: Buffer.from(body),
    };
    const started = performance.now();
    const proven = await schemeOf(proof).proof(delivery, [Buffer.from(textSecret())], now);
    report.push(`${name.padEnd(26)} ${what.padEnd(36)} ${(performance.now() - started).toFixed(1).padStart(8)} ms`);
    expect(proven).toEqual({ proven: false, why: 'unproven' });
  }
});

afterAll(() => console.log(report.join('\n')));
