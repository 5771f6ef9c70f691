/** Signs with a private key of a source, for schemes whose public keys are in the configuration. */
import { constants, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { PublicKeySettings } from '../../lib/sources/proofs/settings/proof.ts';
import { CannotSign } from './cannot-sign.ts';
import type { Sign } from './sign-with.ts';

const digests = {
  ed25519: null,
  'ecdsa-sha256': 'sha256',
  'rsa-sha256': 'sha256',
  'rsa-sha512': 'sha512',
  'rsa-pss-sha256': 'sha256',
} as const;

export function privateKeySigner({ algorithm, form = 'der' }: PublicKeySettings, pem: string): Sign {
  const key = readPrivateKey(pem);
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const options = algorithm === 'rsa-pss-sha256' ? pss : { dsaEncoding: form };
  return (bytes) => sign(digests[algorithm], bytes, { key, ...options });
}

/** Throws CannotSign, without any part of the key. */
export function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new CannotSign('This scheme signs with a private key: name a file with the key in PEM (--secret-file)');
  }
}
