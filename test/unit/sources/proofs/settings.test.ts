/** Mistakes in the proof of a source are found before it is deployed. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkProof } from '../../../../lib/sources/rules/check-proof.ts';
import { signers } from '../../../fakes/signers/signers.ts';

z.config(z.locales.en());

function problemsOf(proof: unknown): string {
  return checkProof(proof)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('\n');
}

const hmac = { scheme: 'hmac', header: 'x-signature', algorithm: 'sha256', encoding: 'hex' };
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
const key = { ...hmac, scheme: 'public-key', algorithm: 'ed25519', keys: [pem] };
const jwt = { scheme: 'jwt', algorithms: ['RS256'], jwks: 'https://sender.example/keys', audience: 'us' };

test.each(signers.map((signer) => [signer.name, signer] as const))('%s is right', (_, signer) => {
  expect(problemsOf(signer.receiver([signer.newKey()]).proof)).toBe('');
});

describe('a proof', () => {
  test.each<[string, unknown, string]>([
    ['without a place of the signature', { ...hmac, header: undefined }, 'header: must be the header'],
    ['with two places', { ...hmac, signature: 'a' }, 'header: must be the header'],
    ['with parts of no header', { ...hmac, header: undefined, signature: 'a', parts: { separator: ',' } }, 'parts:'],
    ['with a time in no part', { ...hmac, timestamp: { part: 't' }, signed: '{timestamp}{body}' }, 'parts:'],
    [
      'with two places of the time',
      { ...hmac, timestamp: { header: 'x-t', body: 't' }, signed: '{timestamp}{body}' },
      'timestamp: must have exactly one of',
    ],
    ['that signs nothing of the body', { ...hmac, signed: 'x' }, 'signed: must contain {body} once'],
    ['with an unknown placeholder', { ...hmac, signed: '{body}{host}' }, 'signed:'],
    ['with two bodies', { ...hmac, signed: '{body}{body:sha256}' }, 'signed:'],
    ['with an id that is not signed', { ...hmac, id: { header: 'x-id' } }, 'signed:'],
    [
      'with an id in a body that is not signed',
      { ...hmac, content: 'a', signed: '{content}', id: { body: 'b' } },
      'id:',
    ],
    ['with an expression that is none', { ...hmac, content: 'a..(', signed: '{content}' }, 'content: is not a JSONata'],
    [
      'with an expression that must not run',
      { ...hmac, content: '$eval(a)', signed: '{content}' },
      'content: must not',
    ],
    ['with an unknown variable', { ...hmac, content: '$event.id', signed: '{content}' }, 'there are $headers, $query'],
    ['with an unknown key', { ...hmac, secret: 'x' }, 'secret'],
    ['with a preset’s setting that is none', { scheme: 'stripe', url: 'https://a.example' }, 'url'],
    ['with a key that is none', { ...key, keys: ['a'.repeat(63)] }, 'keys.0: must be a public key for ed25519'],
    ['with a key of another algorithm', { ...key, algorithm: 'rsa-sha256' }, 'keys.0: must be a public key for rsa'],
    ['without its key', { scheme: 'discord' }, 'keys'],
    [
      'with a key set without TLS',
      { ...jwt, jwks: 'http://sender.example/keys' },
      'jwks: must be an address with https',
    ],
    ['with a key set at an address with credentials', { ...jwt, jwks: 'https://a:b@sender.example' }, 'jwks:'],
    ['with keys twice', { ...jwt, keys: [{ kty: 'RSA' }] }, 'jwks: must be the address of the key set, unless'],
    ['with a private key', { ...jwt, jwks: undefined, keys: [privateKey.export({ format: 'jwk' })] }, 'private part'],
    ['that accepts anyone’s token', { ...jwt, audience: undefined }, 'audience: must be there, or bodyHash'],
    ['with a symmetric algorithm', { ...jwt, algorithms: ['HS256'] }, 'algorithms.0'],
  ])('%s', (_, proof, message) => {
    expect(problemsOf(proof)).toContain(message);
  });
});
