/** `POST /oauth2/token`: client credentials for an access token (RFC 6749, section 4.4). */
import type { Operation, SandboxRequest } from '../../kit/operation.ts';
import { answeringOauthErrors, OauthRefusal } from '../issuer/oauth-refusal.ts';
import type { ProviderState } from '../provider-state.ts';

interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Identifier and secret are form-encoded before they are joined (RFC 6749, section 2.3.1). */
function formDecoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    throw new OauthRefusal(401, 'invalid_client', 'the authorization header is not form-encoded');
  }
}

function basicClient(request: SandboxRequest): Client | undefined {
  const [, encoded] = /^Basic ([\w+/=-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { id: formDecoded(id), secret: formDecoded(rest.join(':')) };
}

function readForm(request: SandboxRequest): URLSearchParams {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new OauthRefusal(400, 'invalid_request', 'content-type must be application/x-www-form-urlencoded');
  }
  const form = new URLSearchParams(request.body.toString());
  const repeated = [...form.keys()].find((name) => form.getAll(name).length > 1);
  if (repeated === undefined) return form;
  throw new OauthRefusal(400, 'invalid_request', `${repeated} is there more than once`);
}

function clientOf(request: SandboxRequest, form: URLSearchParams): Client {
  const basic = basicClient(request);
  const [id, secret] = [form.get('client_id'), form.get('client_secret')];
  if (basic !== undefined && secret !== null) {
    throw new OauthRefusal(400, 'invalid_request', 'the client authenticates in two ways at once');
  }
  return basic ?? { id: id ?? '', secret: secret ?? '' };
}

/** Issues access tokens for the backend API. */
export function tokenOperation(state: ProviderState): Operation {
  return answeringOauthErrors({
    name: 'token',
    method: 'POST',
    path: '/oauth2/token',
    handle: (request) => {
      const form = readForm(request);
      const { id, secret } = clientOf(request, form);
      if (!state.backend.isClient(id, secret)) {
        throw new OauthRefusal(401, 'invalid_client', 'the client is unknown or its secret wrong');
      }
      const grantType = form.get('grant_type');
      if (grantType === null) throw new OauthRefusal(400, 'invalid_request', 'grant_type is missing');
      if (grantType !== 'client_credentials') {
        throw new OauthRefusal(400, 'unsupported_grant_type', 'grant_type must be client_credentials');
      }
      const { authentication, tokenLifetimeSeconds } = state.switches();
      if (authentication === 'api-key') {
        throw new OauthRefusal(400, 'unauthorized_client', 'OAuth2 is not enabled for this backend');
      }
      const token = state.backend.newToken(tokenLifetimeSeconds, state.now());
      return {
        status: 200,
        json: { access_token: token, token_type: 'Bearer', expires_in: tokenLifetimeSeconds },
        headers: { 'cache-control': 'no-store' },
      };
    },
  });
}
