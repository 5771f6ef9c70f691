/** The callbacks that @openid4vc requires: hashing, random values, and the signatures of proofs. */
import { createHash, randomBytes } from 'node:crypto';
import { type CallbackContext, clientAuthenticationAnonymous } from '@openid4vc/oauth2';
import { compactVerify, importJWK, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import type { SigningKey } from '../books/signing-key.ts';

/** The callbacks that an issuer and a wallet need. */
export type OpenidCallbacks = Omit<CallbackContext, 'decryptJwe' | 'encryptJwe'>;

const verifyJwt: OpenidCallbacks['verifyJwt'] = async (signer, { compact }) => {
  if (signer.method !== 'jwk' || signer.alg !== 'ES256') return { verified: false };
  const key = await importJWK(signer.publicJwk as JWK, 'ES256');
  try {
    await compactVerify(compact, key, { algorithms: ['ES256'] });
    return { verified: true, signerJwk: signer.publicJwk };
  } catch {
    return { verified: false };
  }
};

/** Creates the callbacks; `key` signs proofs. The issuer part of the library signs nothing. */
export function openidCallbacks(key?: SigningKey): OpenidCallbacks {
  return {
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    clientAuthentication: clientAuthenticationAnonymous(),
    verifyJwt,
    signJwt: async (_signer, { header, payload }) => {
      if (key === undefined) throw new Error('there is no key to sign with');
      const signing = new SignJWT(payload as JWTPayload).setProtectedHeader(header as JWTHeaderParameters);
      const jwt = await signing.sign(key.privateKey);
      return { jwt, signerJwk: key.publicJwk };
    },
  };
}
