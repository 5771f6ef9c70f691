/** The wallet's part of OpenID4VCI over HTTP: from an offer's address to a credential bound to the holder's key. */
import { Openid4vciClient } from '@openid4vc/openid4vci';
import type { SigningKey } from '../books/signing-key.ts';
import { openidCallbacks } from '../issuer/openid-callbacks.ts';

/** The credential in compact form and the type in the issuer's metadata. */
export interface Exchanged {
  readonly sdJwt: string;
  readonly vct: string;
}

/** A step of the exchange has failed; the message names the step. */
export class ExchangeError extends Error {
  constructor(step: string, cause: unknown) {
    const [firstLine] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    super(`${step}: ${firstLine}`, { cause });
    this.name = 'ExchangeError';
  }
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ExchangeError(name, error);
  }
}

function promisedType(configuration: object | undefined): string {
  if (configuration !== undefined && 'vct' in configuration && typeof configuration.vct === 'string') {
    return configuration.vct;
  }
  throw new ExchangeError('metadata', 'the offered configuration is no SD-JWT VC');
}

function sdJwtOf(credentials: readonly unknown[] | undefined): string {
  const [first] = credentials ?? [];
  const credential = typeof first === 'object' && first !== null && 'credential' in first ? first.credential : first;
  if (typeof credential === 'string') return credential;
  throw new ExchangeError('credential', 'the answer has no credential');
}

/** Fetches offer, metadata, access token, nonce and credential; throws an ExchangeError. */
export async function exchange(offerUri: string, holder: SigningKey, request: typeof fetch): Promise<Exchanged> {
  const client = new Openid4vciClient({ callbacks: { ...openidCallbacks(holder), fetch: request } });
  const reference = `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(offerUri)}`;
  const credentialOffer = await step('offer', () => client.resolveCredentialOffer(reference));
  const [credentialConfigurationId = ''] = credentialOffer.credential_configuration_ids;
  const issuerMetadata = await step('metadata', () => client.resolveIssuerMetadata(credentialOffer.credential_issuer));
  const vct = promisedType(issuerMetadata.knownCredentialConfigurations[credentialConfigurationId]);
  const { accessTokenResponse } = await step('token', () =>
    client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata }),
  );
  const { c_nonce: nonce } = await step('nonce', () => client.requestNonce({ issuerMetadata }));
  const { jwt } = await step('proof', () =>
    client.createCredentialRequestJwtProof({
      issuerMetadata,
      credentialConfigurationId,
      nonce,
      signer: { method: 'jwk', alg: 'ES256', publicJwk: holder.publicJwk },
    }),
  );
  const { credentialResponse } = await step('credential', () =>
    client.retrieveCredentials({
      issuerMetadata,
      credentialConfigurationId,
      accessToken: accessTokenResponse.access_token,
      proofs: { jwt: [jwt] },
    }),
  );
  return { sdJwt: sdJwtOf(credentialResponse.credentials), vct };
}
