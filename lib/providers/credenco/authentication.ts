/** How our back end proves itself to Credenco: an API key, or an OAuth 2.0 access token (RFC 6749 section 4.4). */
import { NoAnswer, request } from '../../http/outbound.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { ProviderPorts } from '../definition.ts';
import { tokenAnswer } from './answers.ts';
import type { CredencoAccount } from './settings.ts';

export interface Authentication {
  /** The headers of the next call. `anew` after a 401: the secret, and a token, are fetched again. */
  headers(anew: boolean): Promise<Record<string, string>>;
}

export function authenticationFor(account: CredencoAccount, ports: ProviderPorts): Authentication {
  return account.authentication === 'api-key' ? apiKey(ports) : clientCredentials(account, ports);
}

async function secretMember(name: string, anew: boolean, { accountSecret }: ProviderPorts): Promise<string> {
  const secret = await (anew ? accountSecret.refresh() : accountSecret.read());
  const value = secret[name];
  if (value === undefined || value === '')
    throw new IssuanceError('secret-unavailable', { detail: `the account's ${name} is missing` });
  return value;
}

function apiKey(ports: ProviderPorts): Authentication {
  return { headers: async (anew) => ({ 'x-api-key': await secretMember('apiKey', anew, ports) }) };
}

/** A token is not used in its last seconds: it must still be good when the call arrives. */
const marginMs = 30_000;
/** RFC 6749 leaves `expires_in` out sometimes. */
const usualSeconds = 300;

function clientCredentials(account: CredencoAccount, ports: ProviderPorts): Authentication {
  let token: { value: string; until: number } | undefined;
  let fetching: Promise<{ value: string; until: number }> | undefined;
  return {
    async headers(anew) {
      if (anew || token === undefined || token.until <= ports.now().getTime()) {
        fetching ??= fetchToken(account, anew, ports).finally(() => {
          fetching = undefined;
        });
        token = await fetching;
      }
      return { authorization: `Bearer ${token.value}` };
    },
  };
}

async function fetchToken(
  account: CredencoAccount,
  anew: boolean,
  ports: ProviderPorts,
): Promise<{ value: string; until: number }> {
  const clientId = await secretMember('clientId', anew, ports);
  const clientSecret = await secretMember('clientSecret', false, ports);
  // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
  const askedAt = ports.now();
  const answer = await request(
    {
      method: 'POST',
      url: `${account.baseUrl}/oauth2/token`,
      headers: { authorization: `Basic ${basic}` },
      form: { grant_type: 'client_credentials' },
    },
    { fetch: ports.fetch, deadlineMs: ports.callDeadlineMs },
  ).catch((cause: unknown) => {
    // Asking for a token twice does no harm, so a lost answer is no unknown outcome.
    throw cause instanceof NoAnswer ? new IssuanceError('provider-unreachable', { cause, detail: 'token' }) : cause;
  });
  const parsed = tokenAnswer.safeParse(answer.json);
  if (answer.status !== 200 || !parsed.success) throw tokenError(answer.status, answer.headers, askedAt);
  const seconds = parsed.data.expires_in ?? usualSeconds;
  return { value: parsed.data.access_token, until: askedAt.getTime() + Math.max(0, seconds * 1000 - marginMs) };
}

function tokenError(status: number, headers: Headers, now: Date): IssuanceError {
  const detail = `HTTP ${status} to the token request`;
  if (status === 400 || status === 401 || status === 403)
    return new IssuanceError('provider-refused-login', { detail });
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), now);
  return new IssuanceError('provider-unavailable', {
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
