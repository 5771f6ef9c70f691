/** The proof of possession in a credential request: a JWT signed by the holder's key over a fresh nonce. */
import { decodeJwt, type JWK } from 'jose';
import type { ProviderState } from '../provider-state.ts';
import { issuerMetadata, openidIssuer } from './issuer-metadata.ts';
import { OauthRefusal } from './oauth-refusal.ts';

function nonceOf(jwt: string): unknown {
  try {
    return decodeJwt(jwt)['nonce'];
  } catch {
    throw new OauthRefusal(400, 'invalid_proof', 'the proof is not a JWT');
  }
}

/** The holder's public key; throws an OauthRefusal (`invalid_nonce`) or the library's error (`invalid_proof`). */
export async function verifyKeyProof(jwt: string, state: ProviderState): Promise<JWK> {
  const nonce = nonceOf(jwt);
  const now = state.now();
  if (typeof nonce !== 'string' || !state.nonces.use(nonce, now)) {
    throw new OauthRefusal(400, 'invalid_nonce', 'the nonce is missing, unknown, used or expired');
  }
  const { signer } = await openidIssuer.verifyCredentialRequestJwtProof({
    issuerMetadata: issuerMetadata(state),
    jwt,
    expectedNonce: nonce,
    now: new Date(now),
  });
  const { kty, crv, x, y } = signer.publicJwk;
  return { kty, crv, x, y } as JWK;
}
