/** The ES256 key pairs of issuers and holders. */
import { ES256 } from '@sd-jwt/crypto-nodejs';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

/** A key pair, ready to sign; `thumbprint` is the one of RFC 7638. */
export interface SigningKey {
  readonly publicJwk: JWK & { readonly kty: string };
  readonly thumbprint: string;
  readonly privateKey: CryptoKey;
  /** Signs a string and returns the signature in base64url. */
  readonly sign: (data: string) => Promise<string>;
}

/** A new private key as a JWK. */
export async function newPrivateJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return await exportJWK(privateKey);
}

/** Prepares a private key for signing; throws if it is not a P-256 key. */
export async function signingKeyFrom(jwk: JWK): Promise<SigningKey> {
  const privateKey = await importJWK(jwk, 'ES256');
  if (privateKey instanceof Uint8Array) throw new TypeError('a signing key must be an EC key');
  const { crv, x, y } = jwk;
  const publicJwk = { kty: 'EC', crv, x, y } as SigningKey['publicJwk'];
  const [thumbprint, sign] = await Promise.all([calculateJwkThumbprint(publicJwk), ES256.getSigner(jwk)]);
  return { publicJwk, thumbprint, privateKey, sign };
}
