/** The checks of a wallet for an SD-JWT VC: the issuer's signature, the holder's key, the type and the status. */
import { digest, ES256 } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance, type SdJwtVcPayload } from '@sd-jwt/sd-jwt-vc';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import type { VerifiedCredential } from '../books/changes.ts';
import { isObject } from '../json-fields.ts';
import { resolveAssertionKey } from './resolve-did-web.ts';

/** The expected values; `now` in ms since the epoch. */
export interface Expectations {
  readonly holderThumbprint: string;
  readonly vct: string;
  readonly now: number;
  readonly fetch: typeof fetch;
}

function signerOf(jwt: string): { iss: string; kid: string } {
  const { kid, alg } = decodeProtectedHeader(jwt);
  const { iss } = decodeJwt(jwt);
  if (alg !== 'ES256') throw new Error('the credential is not signed with ES256');
  if (typeof iss !== 'string' || typeof kid !== 'string' || !kid.startsWith(`${iss}#`)) {
    throw new Error('kid is not a key of iss');
  }
  return { iss, kid };
}

async function checkHolder({ cnf }: SdJwtVcPayload, thumbprint: string): Promise<void> {
  const jwk = isObject(cnf) ? cnf['jwk'] : undefined;
  const bound = isObject(jwk) && (await calculateJwkThumbprint(jwk as JWK)) === thumbprint;
  if (!bound) throw new Error("the credential is not bound to the holder's key");
}

function claimsOf(payload: SdJwtVcPayload): Record<string, unknown> {
  const { iss: _iss, iat: _iat, nbf: _nbf, exp: _exp, cnf: _cnf, vct: _vct, status: _status, ...claims } = payload;
  return claims;
}

/** The credential's content, signed by `iss`; throws an Error that names the problem. */
export async function verifyCredential(sdJwt: string, expected: Expectations): Promise<VerifiedCredential> {
  const [jwt = ''] = sdJwt.split('~');
  const { iss, kid } = signerOf(jwt);
  const { jwk, didDocument } = await resolveAssertionKey(iss, kid, expected.fetch);
  const instance = new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    verifier: await ES256.getVerifier(jwk),
    statusListFetcher: async (uri) => await (await expected.fetch(uri)).text(),
  });
  // A second may pass between `now` and the signing of the status list, and real clocks differ too.
  const times = { currentDate: Math.floor(expected.now / 1000), skewSeconds: 30 };
  const { payload } = await instance.verify(sdJwt, times);
  if (payload.vct !== expected.vct) throw new Error(`the credential is a ${payload.vct}, not a ${expected.vct}`);
  await checkHolder(payload, expected.holderThumbprint);
  const statusList = payload.status?.status_list ?? null;
  return { iss, vct: payload.vct, kid, didDocument, claims: claimsOf(payload), statusList, sdJwt };
}
