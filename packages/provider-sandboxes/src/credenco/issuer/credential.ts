/** The nonce endpoint and the credential endpoint (OpenID4VCI 1.0, sections 7 and 8). */
import { calculateJwkThumbprint } from 'jose';
import type { Operation, SandboxRequest } from '../../kit/operation.ts';
import type { Offer } from '../books/offer-book.ts';
import type { ProviderState } from '../provider-state.ts';
import { offerOfToken } from './access-token.ts';
import { issuerMetadata, openidIssuer } from './issuer-metadata.ts';
import { verifyKeyProof } from './key-proof.ts';
import { answeringOauthErrors, OauthRefusal } from './oauth-refusal.ts';
import { signCredential } from './sign-credential.ts';

function json(request: SandboxRequest): Record<string, unknown> {
  try {
    return JSON.parse(request.body.toString()) as Record<string, unknown>;
  } catch {
    throw new OauthRefusal(400, 'invalid_credential_request', 'the body is not JSON');
  }
}

/** The parsed request with its one proof; throws an error that becomes an OAuth 2.0 error response. */
function readRequest(request: SandboxRequest, offer: Offer, state: ProviderState) {
  const body = json(request);
  const wanted = body['credential_configuration_id'];
  if (typeof wanted === 'string' && wanted !== offer.templateId) {
    throw new OauthRefusal(400, 'unknown_credential_configuration', 'the offer is for another configuration');
  }
  const metadata = issuerMetadata(state);
  const parsed = openidIssuer.parseCredentialRequest({ issuerMetadata: metadata, credentialRequest: body });
  if (parsed.credentialConfigurationId !== offer.templateId) {
    throw new OauthRefusal(400, 'invalid_credential_request', 'credential_configuration_id is missing');
  }
  const [proof, ...more] = parsed.proofs?.jwt ?? [];
  if (proof === undefined || more.length > 0) {
    throw new OauthRefusal(400, 'invalid_proof', 'exactly one proof of type jwt is wanted');
  }
  return { proof, credentialRequest: parsed };
}

/** Throws if the offer's one credential has already been issued. */
function demandUnissued(offer: Offer | undefined): void {
  if (offer?.issuedAt !== null || offer.refusedAt !== null) {
    throw new OauthRefusal(400, 'credential_request_denied', 'the credential of this offer has been issued or refused');
  }
}

async function issue(request: SandboxRequest, state: ProviderState) {
  const { offers } = state.ledger;
  const offer = offerOfToken(request, state);
  request.note({ correlationId: offer.correlationId });
  const { proof, credentialRequest } = readRequest(request, offer, state);
  const holder = await verifyKeyProof(proof, state);
  demandUnissued(offers.byId(offer.id));
  if (state.switches().refuseCredential) {
    state.ledger.record({ type: 'refused', offerId: offer.id, at: state.now() });
    throw new OauthRefusal(400, 'credential_request_denied', 'the issuer refuses this credential');
  }
  const credential = await signCredential(state, offer, holder);
  const thumbprint = await calculateJwkThumbprint(holder);
  // Checked again in the same synchronous step as the record: two concurrent requests must not both produce a credential.
  demandUnissued(offers.byId(offer.id));
  state.ledger.record({ type: 'issued', offerId: offer.id, at: state.now(), holder: thumbprint });
  return openidIssuer.createCredentialResponse({ credentialRequest, credentials: [{ credential }] });
}

/** `POST /api/oidc/nonce` and `POST /api/oidc/credential`. */
export function credentialOperations(state: ProviderState): Operation[] {
  const headers = { 'cache-control': 'no-store' };
  return [
    {
      name: 'nonce',
      method: 'POST',
      path: '/api/oidc/nonce',
      handle: () => {
        const cNonce = state.nonces.create(state.now());
        return { status: 200, json: openidIssuer.createNonceResponse({ cNonce }), headers };
      },
    },
    answeringOauthErrors({
      name: 'credential',
      method: 'POST',
      path: '/api/oidc/credential',
      handle: async (request) => ({ status: 200, json: await issue(request, state), headers }),
    }),
  ];
}
