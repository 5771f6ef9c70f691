/** Senders with a private key: signatures, and JWTs. */
import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { ProofSettings } from '../../../lib/sources/proofs/settings/proof.ts';
import { jsonDelivery, mac, type Signer, seconds, signer } from './signer.ts';

export interface Pair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const ed25519 = (): Pair => generateKeyPairSync('ed25519');
const p256 = (): Pair => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const rsaPairs: Pair[] = [];
/** Making one takes long, so there are three, handed out in turn. */
let handedOut = 0;
const rsa = (): Pair => {
  const index = handedOut % 3;
  handedOut += 1;
  rsaPairs[index] ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return rsaPairs[index];
};

/** Pairs of each kind. */
export const keyPairs = {
  ed25519,
  p256,
  rsa,
  weakRsa: (): Pair => generateKeyPairSync('rsa', { modulusLength: 1024 }),
};

const der = ({ publicKey }: Pair) => publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const pem = ({ publicKey }: Pair) => publicKey.export({ format: 'pem', type: 'spki' }).toString();
const raw = ({ publicKey }: Pair) => publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);

function pairSigner(
  name: string,
  timed: boolean,
  newKey: () => Pair,
  proof: (pairs: readonly Pair[]) => ProofSettings,
  headers: (body: string, pair: Pair, at: Date) => Record<string, string>,
): Signer {
  return signer<Pair>({
    name,
    scheme: proof([newKey()]).scheme,
    timed,
    covers: 'body',
    newKey,
    receiver: (pairs) => ({ proof: proof(pairs), secrets: [] }),
    send: (event, pair, at) => jsonDelivery(event, headers(JSON.stringify(event), pair, at)),
  });
}

const plain = { scheme: 'public-key', header: 'x-signature', encoding: 'base64', signed: '{body}' } as const;

/** A JWT that this key signs; `kid` is a hash of the public key. */
export function jwtBy(pair: Pair, algorithm: 'ES256' | 'RS256', claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: algorithm, typ: 'JWT', kid: kidOf(pair) })}.${part(claims)}`;
  const key = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

const kidOf = (pair: Pair) => mac('kid', der(pair));
export const jwkOf = (pair: Pair) =>
  ({ ...pair.publicKey.export({ format: 'jwk' }), kid: kidOf(pair) }) as { kty: 'EC' };
const sha256 = (body: string) => createHash('sha256').update(body).digest('hex');

export const keySigners: readonly Signer[] = [
  pairSigner(
    'sendgrid',
    true,
    p256,
    (pairs) => ({ scheme: 'sendgrid', keys: pairs.map(der) }),
    (body, { privateKey }, at) => ({
      'x-twilio-email-event-webhook-timestamp': seconds(at),
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.from(`${seconds(at)}${body}`),
        privateKey,
      ).toString('base64'),
    }),
  ),
  pairSigner(
    'discord',
    true,
    ed25519,
    (pairs) => ({ scheme: 'discord', keys: pairs.map((pair) => raw(pair).toString('hex')) }),
    (body, { privateKey }, at) => ({
      'x-signature-timestamp': seconds(at),
      'x-signature-ed25519': sign(null, Buffer.from(`${seconds(at)}${body}`), privateKey).toString('hex'),
    }),
  ),
  pairSigner(
    'standard-webhooks-v1a',
    true,
    ed25519,
    (pairs) => ({
      scheme: 'standard-webhooks-v1a',
      keys: pairs.map((pair) => `whpk_${raw(pair).toString('base64')}`),
    }),
    (body, { privateKey }, at) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': seconds(at),
      'webhook-signature': `v1a,${sign(null, Buffer.from(`msg_1.${seconds(at)}.${body}`), privateKey).toString('base64')}`,
    }),
  ),
  pairSigner(
    'public-key (RSA, PEM)',
    false,
    rsa,
    (pairs) => ({ ...plain, algorithm: 'rsa-sha256', keys: pairs.map(pem) }),
    (body, { privateKey }) => ({ 'x-signature': sign('sha256', Buffer.from(body), privateKey).toString('base64') }),
  ),
  pairSigner(
    'public-key (RSA-PSS)',
    false,
    rsa,
    (pairs) => ({ ...plain, algorithm: 'rsa-pss-sha256', keys: pairs.map(der) }),
    (body, { privateKey: key }) => {
      const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
      return { 'x-signature': sign('sha256', Buffer.from(body), options).toString('base64') };
    },
  ),
  pairSigner(
    'public-key (ECDSA, P1363)',
    false,
    p256,
    (pairs) => ({ ...plain, algorithm: 'ecdsa-sha256', form: 'ieee-p1363', keys: pairs.map(pem) }),
    (body, { privateKey: key }) => ({
      'x-signature': sign('sha256', Buffer.from(body), { key, dsaEncoding: 'ieee-p1363' }).toString('base64'),
    }),
  ),
  pairSigner(
    'plaid',
    true,
    p256,
    (pairs) => ({ scheme: 'plaid', keys: pairs.map(jwkOf) }),
    (body, pair, at) => ({
      'plaid-verification': jwtBy(pair, 'ES256', { iat: Number(seconds(at)), request_body_sha256: sha256(body) }),
    }),
  ),
  pairSigner(
    'jwt (body hash)',
    true,
    rsa,
    (pairs) => ({
      scheme: 'jwt',
      algorithms: ['RS256'],
      keys: pairs.map(jwkOf),
      issuer: 'https://sender.example',
      bodyHash: { claim: 'hash', algorithm: 'sha256', encoding: 'hex' },
    }),
    (body, pair, at) => ({
      authorization: `Bearer ${jwtBy(pair, 'RS256', {
        iss: 'https://sender.example',
        exp: Number(seconds(at)) + 60,
        hash: sha256(body),
      })}`,
    }),
  ),
];
