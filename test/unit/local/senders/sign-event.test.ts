/** Every scheme can be signed for: its proof takes the event, and where the sender has a package, both sign alike. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { schemeOf } from '../../../../lib/sources/proofs/schemes.ts';
import { type ProofSettings, schemeNames } from '../../../../lib/sources/proofs/settings/proof.ts';
import { keptForm, senderSecret } from '../../../../local/senders/sender-secret.ts';
import { signEvent } from '../../../../local/senders/sign-event.ts';
import { senders } from '../../../fakes/senders.ts';
import type { Pair } from '../../../fakes/signers/key-signers.ts';
import { signers } from '../../../fakes/signers/signers.ts';

const at = new Date('2026-11-22T09:00:00.123Z');
const id = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';
const url = 'https://api.example.com/v1/events/shop';
const body = Buffer.from('{"id":"evt_1","name":"Zoë"}');

/** The sender's own secret: of a pair, the private key. */
function secretOf(key: unknown): string {
  if (typeof key === 'string') return key;
  return (key as Pair).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The result of the proof for an event that is signed with this secret. */
async function proven(proof: ProofSettings, secret: string, kept: readonly string[], event: Buffer): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  // The local system has no TLS, and its functions see the address with https all the same.
  const local = url.replace('https:', 'http:');
  const sent = await signEvent(proof, secret, { body: event, headers, url: local, id, at });
  const { readKey, proof: prove } = schemeOf(proof);
  const keys = kept.flatMap((text) => {
    const read = readKey?.(text);
    return read !== undefined && 'key' in read ? [read.key] : [];
  });
  const pathToken = sent.url === local ? undefined : decodeURIComponent(sent.url.slice(local.length + 1));
  const delivery = { headers: sent.headers, body: sent.body, method: 'POST', url, pathToken };
  return (await prove(delivery, keys, at)).proven;
}

/** Braintree's and Twilio's events are forms, whose signature is not at a path of a JSON body, or covers form fields. */
const forms = ['braintree'];

describe.each(signers.filter(({ scheme }) => !forms.includes(scheme)).map((one) => [one.name, one] as const))(
  '%s',
  (_, one) => {
    test('is proven, and with another key it is not', async () => {
      const [key, other] = [one.newKey(), one.newKey()];
      const { proof, secrets } = one.receiver([key]);
      // Its body has the members that the scheme signs.
      const event = (await one.send({ id: 'evt_1' }, key, at)).body;
      const json = event.toString('utf8').startsWith('{') ? event : body;
      expect(await proven(proof, secretOf(key), secrets, json)).toBe(true);
      expect(await proven(proof, secretOf(other), secrets, json)).toBe(false);
    });
  },
);

test('every scheme is tried', () => {
  const tried = new Set([...signers.map(({ scheme }) => scheme as string), ...forms]);
  // Its keys are published, so that no test can have one.
  expect(schemeNames.filter((name) => !tried.has(name) && name !== 'google-pubsub')).toEqual([]);
});

test.each(senders.map((sender) => [sender.scheme, sender] as const))(
  '%s signs like its package',
  async (scheme, sender) => {
    // Svix has header names of its own beside the standard ones.
    if (scheme.includes('Svix')) return;
    const secret = sender.newSecret();
    const { headers } = await signEvent(sender.proof, secret, { body, headers: {}, url, id, at });
    expect(headers).toEqual(await sender.sign(body.toString('utf8'), secret, at));
  },
);

describe('what the local system makes of random bytes is a secret of the scheme', () => {
  const bytes = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const names = senders.map(({ proof }) => proof);
  const others: ProofSettings[] = [
    { scheme: 'basic' },
    { scheme: 'path-token' },
    { scheme: 'hmac', header: 'x-s', algorithm: 'sha256', encoding: 'hex', key: 'hex' },
    { scheme: 'hmac', header: 'x-s', algorithm: 'sha256', encoding: 'hex', key: 'base64' },
  ];
  test.each([...names, ...others].map((proof) => [JSON.stringify(proof), proof] as const))('%s', async (_, proof) => {
    const secret = senderSecret(proof, bytes);
    expect(await proven(proof, secret, [keptForm(proof, secret)], body)).toBe(true);
  });
});

describe('what cannot be signed is refused in one line that contains no secret', () => {
  const event = { body, headers: {}, url, id, at };
  const keys = [generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')];
  test.each<[string, ProofSettings, string]>([
    ['a signature that is not at a path', { scheme: 'braintree' }, 'a'.repeat(40)],
    ['a private key that is none', { scheme: 'sendgrid', keys }, 'hunter2-hunter2-hunter2'],
    ['a secret that is no key', { scheme: 'standard-webhooks' }, 'hunter2-hunter2-hunter2'],
    [
      'a private key of a JWT that is none',
      { scheme: 'google-pubsub', audience: 'a', email: 'a@b' },
      'hunter2-hunter2',
    ],
  ])('%s', async (_, proof, secret) => {
    const error = await signEvent(proof, secret, event).then(
      () => expect.unreachable(),
      (thrown: Error) => thrown,
    );
    expect(error.name).toBe('CannotSign');
    expect(error.message).not.toMatch(/hunter2|\n/);
  });

  test('a body that is not JSON, for a signature in the body', async () => {
    const form = { ...event, body: Buffer.from('a=b') };
    await expect(signEvent({ scheme: 'mailgun' }, 'a-secret-of-mailgun', form)).rejects.toThrow('not JSON');
  });
});
