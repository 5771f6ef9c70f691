/** Signatures with the sender's private key; the public keys are in the configuration. */
import { constants, createPublicKey, type KeyObject, type SigningOptions, verify } from 'node:crypto';
import type { Scheme } from './proof.ts';
import type { PublicKeySettings } from './settings/proof.ts';
import { coveredId, joined, proveSigned } from './signed-message.ts';

/** Longest signature of a supported algorithm: RSA with 8192 bits. */
const mostBytes = 1024;

/** The scheme that these settings describe; a key that is none of the algorithm verifies nothing. */
export function publicKey(settings: PublicKeySettings): Scheme {
  const options = signingOptions(settings);
  const digest = signatureDigests[settings.algorithm];
  let keys: KeyObject[] | undefined;
  return {
    proof(delivery, _, now) {
      keys ??= settings.keys.flatMap((text) => readPublicKey(text, settings) ?? []);
      const live = keys;
      const verified = (signature: Buffer, data: Buffer) =>
        live.some((key) => signature.length <= mostBytes && verify(digest, data, { key, ...options }, signature));
      return proveSigned(
        delivery,
        settings,
        ({ signatures, signed }) => signatures.some((one) => verified(one, joined(signed))),
        now,
      );
    },
    coveredId: (delivery) => coveredId(delivery, settings),
  };
}

/** The hash of each algorithm, as node:crypto takes it to sign and to verify. */
export const signatureDigests = {
  ed25519: null,
  'ecdsa-sha256': 'sha256',
  'rsa-sha256': 'sha256',
  'rsa-sha512': 'sha512',
  'rsa-pss-sha256': 'sha256',
} as const;

/** What node:crypto needs to know besides the key, to sign and to verify. */
export function signingOptions({ algorithm, form = 'der' }: PublicKeySettings): SigningOptions {
  if (algorithm === 'ecdsa-sha256') return { dsaEncoding: form };
  if (algorithm !== 'rsa-pss-sha256') return {};
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}

/** The key, if it is a public key of the algorithm; undefined otherwise. */
export function readPublicKey(
  text: string,
  { algorithm, keyPrefix = '' }: Pick<PublicKeySettings, 'algorithm' | 'keyPrefix'>,
): KeyObject | undefined {
  try {
    const key = keyOf(text.startsWith(keyPrefix) ? text.slice(keyPrefix.length) : text);
    return suits(key, algorithm) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 8410: the bytes before a raw Ed25519 key in its SPKI form. */
const ed25519Spki = Buffer.from('302a300506032b6570032100', 'hex');

function keyOf(text: string): KeyObject {
  if (text.includes('-----BEGIN')) return createPublicKey(text);
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  const der = bytes.length === 32 ? Buffer.concat([ed25519Spki, bytes]) : bytes;
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

function suits({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject, algorithm: string): boolean {
  if (algorithm === 'ed25519') return type === 'ed25519';
  if (algorithm === 'ecdsa-sha256') return type === 'ec' && details?.namedCurve === 'prime256v1';
  return type === 'rsa' && (details?.modulusLength ?? 0) >= 2048;
}
