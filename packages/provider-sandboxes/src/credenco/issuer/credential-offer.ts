/** Credential offers (OpenID4VCI 1.0, section 4) and the endpoint that serves them by reference. */
import { preAuthorizedCodeGrantIdentifier } from '@openid4vc/oauth2';
import type { Operation } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { MintedOffer } from '../books/changes.ts';
import type { ProviderState } from '../provider-state.ts';
import { issuerMetadata, openidIssuer } from './issuer-metadata.ts';

/** The address of the offer. */
export function offerUri(origin: string, id: string): string {
  return `${origin}/api/oidc/credential-offer/${id}`;
}

/** The offer as an object, and as a `request_uri` by value or, with `uri`, by reference; `base` is its scheme or URL. */
export async function describeOffer(
  state: ProviderState,
  offer: MintedOffer,
  options: { uri?: string; base?: string },
) {
  const { credentialOffer, credentialOfferObject } = await openidIssuer.createCredentialOffer({
    issuerMetadata: issuerMetadata(state),
    credentialConfigurationIds: [offer.templateId],
    grants: { [preAuthorizedCodeGrantIdentifier]: { 'pre-authorized_code': offer.preAuthorizedCode } },
    ...(options.uri === undefined ? {} : { credentialOfferUri: options.uri }),
    ...(options.base === undefined ? {} : { credentialOfferScheme: options.base }),
  });
  return { requestUri: credentialOffer, object: credentialOfferObject };
}

/** `GET /api/oidc/credential-offer/{id}`; 410 once the offer has expired. */
export function credentialOfferOperation(state: ProviderState): Operation {
  return {
    name: 'credential-offer',
    method: 'GET',
    path: '/api/oidc/credential-offer/:id',
    handle: async (request) => {
      const offer = state.ledger.offers.byId(request.params['id'] ?? '');
      if (offer === undefined) throw new Refusal(404, 'no such credential offer');
      request.note({ correlationId: offer.correlationId });
      if (state.now() >= offer.expiresAt) throw new Refusal(410, 'the credential offer has expired');
      const { object } = await describeOffer(state, offer, {});
      return { status: 200, json: object, headers: { 'cache-control': 'no-store' } };
    },
  };
}
