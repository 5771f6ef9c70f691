/** The token endpoint for wallets: exchanges a pre-authorized code, once, for an access token (OpenID4VCI 1.0, section 6). */
import { createHash, randomBytes } from 'node:crypto';
import { preAuthorizedCodeGrantIdentifier } from '@openid4vc/oauth2';
import type { Operation, SandboxRequest } from '../../kit/operation.ts';
import type { Offer } from '../books/offer-book.ts';
import type { ProviderState } from '../provider-state.ts';
import { authorizationServer, authorizationServerMetadata } from './issuer-metadata.ts';
import { answeringOauthErrors, OauthRefusal } from './oauth-refusal.ts';

const lifetimeSeconds = 300;

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function requestLike(request: SandboxRequest, url: string) {
  const headers = Object.entries(request.headers).filter(([, value]) => typeof value === 'string');
  return { headers: new Headers(headers as [string, string][]), method: 'POST' as const, url };
}

/** The offer whose unused, unexpired code the request carries; the library validates the request. */
async function offerOf(request: SandboxRequest, state: ProviderState): Promise<Offer> {
  const metadata = authorizationServerMetadata(state);
  const like = requestLike(request, metadata.token_endpoint);
  const form = Object.fromEntries(new URLSearchParams(request.body.toString()));
  const { grant, accessTokenRequest } = authorizationServer.parseAccessTokenRequest({
    request: like,
    accessTokenRequest: form,
  });
  if (grant.grantType !== preAuthorizedCodeGrantIdentifier) {
    throw new OauthRefusal(400, 'unsupported_grant_type', 'only pre-authorized codes are taken here');
  }
  const offer = state.ledger.offers.byCode(grant.preAuthorizedCode);
  if (offer === undefined) throw new OauthRefusal(400, 'invalid_grant', 'the pre-authorized_code is unknown');
  request.note({ correlationId: offer.correlationId });
  await authorizationServer.verifyPreAuthorizedCodeAccessTokenRequest({
    grant,
    accessTokenRequest,
    request: like,
    authorizationServerMetadata: metadata,
    expectedPreAuthorizedCode: offer.preAuthorizedCode,
    preAuthorizedCodeExpiresAt: new Date(offer.expiresAt - 1),
    now: new Date(state.now()),
  });
  return offer;
}

/** `POST /api/oidc/token`. */
export function accessTokenOperation(state: ProviderState): Operation {
  return answeringOauthErrors({
    name: 'access-token',
    method: 'POST',
    path: '/api/oidc/token',
    handle: async (request) => {
      const { id } = await offerOf(request, state);
      // Read again and recorded in one synchronous step, so that two requests at once cannot both use the code.
      if (state.ledger.offers.byId(id)?.redeemedAt !== null) {
        throw new OauthRefusal(400, 'invalid_grant', 'the pre-authorized_code has been used');
      }
      const token = randomBytes(32).toString('base64url');
      const at = state.now();
      const tokenExpiresAt = at + lifetimeSeconds * 1000;
      state.ledger.record({ type: 'redeemed', offerId: id, at, tokenDigest: digestOf(token), tokenExpiresAt });
      return {
        status: 200,
        json: { access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds },
        headers: { 'cache-control': 'no-store' },
      };
    },
  });
}

/** The offer of the request's access token; throws an OauthRefusal (401). */
export function offerOfToken(request: SandboxRequest, state: ProviderState): Offer {
  const [, token = ''] = /^Bearer ([\w-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const offer = state.ledger.offers.byToken(digestOf(token));
  if (offer === undefined) throw new OauthRefusal(401, 'invalid_token', 'the access token is missing or unknown');
  if (state.now() >= (offer.tokenExpiresAt ?? 0)) {
    throw new OauthRefusal(401, 'invalid_token', 'the access token has expired');
  }
  return offer;
}
