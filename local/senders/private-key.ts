/** Signs with a private key of a source, for schemes whose public keys are in the configuration. */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { signatureDigests, signingOptions } from '../../lib/sources/proofs/public-key.ts';
import type { PublicKeySettings } from '../../lib/sources/proofs/settings/proof.ts';
import { CannotSign } from './cannot-sign.ts';
import type { Sign } from './sign-with.ts';

export function privateKeySigner(settings: PublicKeySettings, pem: string): Sign {
  const key = readPrivateKey(pem);
  const options = signingOptions(settings);
  return (bytes) => sign(signatureDigests[settings.algorithm], bytes, { key, ...options });
}

/** Throws CannotSign, without any part of the key. */
export function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new CannotSign('This scheme signs with a private key: name a file with the key in PEM (--secret-file)');
  }
}
