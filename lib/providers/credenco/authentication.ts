/** Authentication of our back end at Credenco: an API key, or an OAuth 2.0 access token (RFC 6749 section 4.4). */
import { type Authentication, bySecret, type Headers, secretMember } from '../authentication.ts';
import { callProvider } from '../call.ts';
import type { ProviderPorts } from '../definition.ts';
import { tokenAnswer, tokenRequest } from './answers.ts';
import type { CredencoAccount } from './settings.ts';

export function authenticationFor(account: CredencoAccount, ports: ProviderPorts): Authentication {
  return account.authentication === 'api-key' ? apiKey(ports) : clientCredentials(account, ports);
}

function apiKey({ accountSecret }: ProviderPorts): Authentication {
  return bySecret(accountSecret, (secret) => ({ 'x-api-key': secretMember(secret, 'apiKey') }));
}

/** A token is not used in its last seconds: it must still be valid when the call arrives. */
const marginMs = 30_000;
/** Default lifetime; `expires_in` is optional in RFC 6749. */
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
    // When a token is withdrawn, many calls are refused at once; the first of them requests the new token for all.
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

/** A refused client is tried once more after its secret was read again, because it may have just been replaced. */
async function fetchToken(account: CredencoAccount, again: boolean, ports: ProviderPorts): Promise<Token> {
  const wanted = {
    method: 'POST',
    url: `${account.baseUrl}/oauth2/token`,
    form: { grant_type: 'client_credentials' },
  } as const;
  const askedAt = ports.now();
  const answer = await callProvider(tokenRequest, wanted, clientSecret(again, ports), ports);
  const { access_token: value, expires_in: seconds = usualSeconds } = answer.read(tokenAnswer);
  return { value, until: askedAt.getTime() + Math.max(0, seconds * 1000 - marginMs) };
}

/** With `again`, the secret is read again immediately. */
function clientSecret(again: boolean, { accountSecret }: ProviderPorts): Authentication {
  if (!again) return bySecret(accountSecret, basic);
  return { headers: async (refused) => (refused === undefined ? basic(await accountSecret.refresh()) : undefined) };
}

/** RFC 6749 section 2.3.1: both are form-encoded before they are joined. */
function basic(secret: Readonly<Record<string, string>>): Headers {
  const pair = ['clientId', 'clientSecret'].map((name) => encodeURIComponent(secretMember(secret, name))).join(':');
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
