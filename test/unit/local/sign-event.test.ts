/** The samples sign for every scheme that proves itself in headers without a private key. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { schemeOf } from '../../../lib/sources/proofs/schemes.ts';
import { plainPresets } from '../../../lib/sources/proofs/settings/preset-names.ts';
import type { ProofSettings } from '../../../lib/sources/proofs/settings/proof.ts';
import { keptForm, signEvent } from '../../../local/samples/sign-event.ts';

const inBodies = ['adyen', 'braintree', 'mailgun'];
const presets = plainPresets.filter((name) => !inBodies.includes(name)).map((scheme): ProofSettings => ({ scheme }));
const others: ProofSettings[] = [
  { scheme: 'bearer' },
  { scheme: 'basic' },
  { scheme: 'header-token', header: 'x-token', prefix: 'Token ' },
  {
    scheme: 'hmac',
    header: 'x-signature',
    parts: { separator: '.', signature: 1 },
    timestamp: { part: 0, unit: 'ms' },
    id: { header: 'x-id' },
    algorithm: 'sha512',
    encoding: 'base64url',
    key: 'hex',
    signed: '{id}|{timestamp}|{body}',
  },
];
/** As local/source-access.ts makes them. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

test.each([...presets, ...others].map((proof) => [proof.scheme, proof] as const))('%s', async (_, proof) => {
  const [secret, other, body] = [newSecret(), newSecret(), '{"id":"evt_1"}'];
  const { readKey, proof: prove } = schemeOf(proof);
  const delivery = { headers: signEvent(proof, secret, body, 'msg_1'), body: Buffer.from(body) };
  for (const [kept, proven] of [
    [secret, true],
    [other, false],
  ] as const) {
    const key = readKey?.(keptForm(proof, kept));
    if (key === undefined || 'unusable' in key) throw new Error('The secret makes no key');
    expect((await prove(delivery, [key.key], new Date())).proven).toBe(proven);
  }
});

test.each<ProofSettings>([{ scheme: 'adyen' }, { scheme: 'twilio' }, { scheme: 'path-token' }])(
  '$scheme is refused clearly',
  (proof) => {
    expect(() => signEvent(proof, newSecret(), '{}', 'msg_1')).toThrow('The samples sign only');
  },
);
