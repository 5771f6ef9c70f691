/** How our back end proves itself to Credenco: an API key, or an OAuth 2.0 access token (RFC 6749 section 4.4). */
import { NoAnswer, type OutboundAnswer, request } from '../../http/outbound.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { ProviderPorts } from '../definition.ts';
import { tokenAnswer } from './answers.ts';
import type { CredencoAccount } from './settings.ts';

export interface Authentication {
  /** The headers of the next call. With the headers that were refused, newer ones: the secret is read again. */
  headers(refused?: Record<string, string>): Promise<Record<string, string>>;
}

export function authenticationFor(account: CredencoAccount, ports: ProviderPorts): Authentication {
  return account.authentication === 'api-key' ? apiKey(ports) : clientCredentials(account, ports);
}

type Secret = Readonly<Record<string, string>>;

function member(secret: Secret, name: string): string {
  const value = secret[name];
  if (value === undefined || value === '')
    throw new IssuanceError('secret-unavailable', { detail: `the account's ${name} is missing` });
  return value;
}

function apiKey({ accountSecret }: ProviderPorts): Authentication {
  return {
    async headers(refused) {
      const secret = await (refused === undefined ? accountSecret.read() : accountSecret.refresh());
      return { 'x-api-key': member(secret, 'apiKey') };
    },
  };
}

/** A token is not used in its last seconds: it must still be good when the call arrives. */
const marginMs = 30_000;
/** RFC 6749 lets `expires_in` be left out. */
const usualSeconds = 300;

interface Token {
  value: string;
  /** Milliseconds since the epoch. */
  until: number;
}

function clientCredentials(account: CredencoAccount, ports: ProviderPorts): Authentication {
  let token: Token | undefined;
  let fetching: Promise<Token> | undefined;

  async function current(refused: string | undefined): Promise<Token> {
    // Many calls are refused at once when a token is withdrawn; the first to come back brings the new one for all.
    if (token !== undefined && bearer(token) !== refused && token.until > ports.now().getTime()) return token;
    fetching ??= fetchToken(account, refused !== undefined, ports).finally(() => {
      fetching = undefined;
    });
    token = await fetching;
    return token;
  }
  return { headers: async (refused) => ({ authorization: bearer(await current(refused?.['authorization'])) }) };
}

function bearer({ value }: Token): string {
  return `Bearer ${value}`;
}

/** A client that is not accepted is tried once more with its secret read again: it may just have been replaced. */
async function fetchToken(account: CredencoAccount, anew: boolean, ports: ProviderPorts): Promise<Token> {
  const { accountSecret } = ports;
  const askedAt = ports.now();
  let answer = await askForToken(account, await (anew ? accountSecret.refresh() : accountSecret.read()), ports);
  if (!anew && (answer.status === 401 || answer.status === 400)) {
    answer = await askForToken(account, await accountSecret.refresh(), ports);
  }
  const parsed = tokenAnswer.safeParse(answer.json);
  if (answer.status !== 200 || !parsed.success) throw tokenError(answer.status, answer.headers, askedAt);
  const seconds = parsed.data.expires_in ?? usualSeconds;
  return { value: parsed.data.access_token, until: askedAt.getTime() + Math.max(0, seconds * 1000 - marginMs) };
}

function askForToken({ baseUrl }: CredencoAccount, secret: Secret, ports: ProviderPorts): Promise<OutboundAnswer> {
  // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
  const pair = [member(secret, 'clientId'), member(secret, 'clientSecret')].map(encodeURIComponent).join(':');
  const headers = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  const form = { grant_type: 'client_credentials' };
  const limits = { fetch: ports.fetch, deadlineMs: ports.callDeadlineMs };
  return request({ method: 'POST', url: `${baseUrl}/oauth2/token`, headers, form }, limits).catch((cause: unknown) => {
    // Asking for a token twice does no harm, so a lost answer is no unknown outcome.
    throw cause instanceof NoAnswer ? new IssuanceError('provider-unreachable', { cause, detail: 'token' }) : cause;
  });
}

function tokenError(status: number, headers: OutboundAnswer['headers'], now: Date): IssuanceError {
  const detail = `HTTP ${status} to the token request`;
  if (status === 400 || status === 401 || status === 403)
    return new IssuanceError('provider-refused-login', { detail });
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), now);
  return new IssuanceError('provider-unavailable', {
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
