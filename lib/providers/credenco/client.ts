/** The calls of Credenco, each authenticated, with its answer checked. */
import type * as z from 'zod/mini';
import { NoAnswer, type OutboundAnswer, type OutboundRequest, request } from '../../http/outbound.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Claims } from '../../issuance/issuance.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { ProviderPorts } from '../definition.ts';
import { type Call, type ExchangeStatus, errorOf, exchangeStatus, minted } from './answers.ts';
import { authenticationFor } from './authentication.ts';
import { offerUriOf } from './offer-uri.ts';
import type { CredencoAccount } from './settings.ts';

export interface MintedOffer {
  offerUri: string;
  /** Only if it lies on the account's own origin. */
  statusUri?: string;
}

export interface CredencoClient {
  /** Undefined when the provider has an offer under this correlation id already and makes no other (409). */
  mint(correlationId: string, templateId: string, claims: Claims): Promise<MintedOffer | undefined>;
  /** Puts the offer into a wallet, which claims it unattended. That it is accepted says nothing of what becomes of it. */
  push(walletKey: string, offerUri: string): Promise<void>;
  /** Undefined when the provider knows of no such issue. */
  status(correlationId: string, statusUri: string | undefined): Promise<ExchangeStatus | undefined>;
  /** Makes our issuer a contact from which the wallet keeps what it is sent; it may be one already. */
  addTrustedContact(walletKey: string): Promise<void>;
}

/** Every call throws IssuanceError as answers.ts says. */
export function credencoClient(account: CredencoAccount, ports: ProviderPorts): CredencoClient {
  const wallets = account.walletBaseUrl ?? account.baseUrl;
  const origins = [account.baseUrl, wallets].map((base) => new URL(base).origin);
  const send = sender(account, ports);

  return {
    async mint(correlationId, templateId, claims) {
      const json = { correlation_id: correlationId, template_id: templateId, claims };
      const answer = await send('mint', { method: 'POST', url: `${account.baseUrl}/api/v2/credential/issue`, json });
      if (answer.status === 409) return undefined;
      const { request_uri, status_uri } = read('mint', answer, minted, ports);
      const offerUri = offerUriOf(request_uri, origins);
      return { offerUri, ...(isOwn(status_uri, origins) && { statusUri: status_uri }) };
    },
    async push(walletKey, offerUri) {
      const query = `directIssue=true&credential_offer_uri=${encodeURIComponent(offerUri)}`;
      const url = `${wallets}/api/oidc/offer/${encodeURIComponent(walletKey)}?${query}`;
      const answer = await send('push', { method: 'POST', url });
      if (answer.status !== 200 && answer.status !== 201) throw failure('push', answer, ports);
    },
    async status(correlationId, statusUri) {
      const id = encodeURIComponent(correlationId);
      // The path differs between the guide and clients in use.
      const built = [`${account.baseUrl}/api/v2/issue/${id}`, `${account.baseUrl}/api/v2/credential/issue/${id}`];
      for (const url of isOwn(statusUri, origins) ? [statusUri] : built) {
        const answer = await send('status', { method: 'GET', url });
        if (answer.status !== 404) return read('status', answer, exchangeStatus, ports);
      }
      return undefined;
    },
    async addTrustedContact(walletKey) {
      const url = `${wallets}/api/wallets/${encodeURIComponent(walletKey)}/trusted-contacts`;
      const json = { ...account.issuer, directIssueAllowed: true };
      const answer = await send('contact', { method: 'POST', url, json });
      if (![200, 201, 409].includes(answer.status)) throw failure('contact', answer, ports);
    },
  };
}

/** Sends with the account's authentication, and once more with a fresh one after a 401. */
function sender(account: CredencoAccount, ports: ProviderPorts) {
  const authentication = authenticationFor(account, ports);
  const limits = { fetch: ports.fetch, deadlineMs: ports.callDeadlineMs };

  return async (call: Call, wanted: OutboundRequest): Promise<OutboundAnswer> => {
    const attempt = async (anew: boolean) => {
      const headers = await authentication.headers(anew);
      return request({ ...wanted, headers }, limits).catch((cause: unknown) => {
        if (!(cause instanceof NoAnswer)) throw cause;
        const code = cause.sent === 'no' ? 'provider-unreachable' : 'provider-answer-lost';
        throw new IssuanceError(code, { cause, detail: `no answer to the ${call}` });
      });
    };
    const answer = await attempt(false);
    return answer.status === 401 ? attempt(true) : answer;
  };
}

function read<Schema extends z.ZodMiniType>(
  call: Call,
  answer: OutboundAnswer,
  schema: Schema,
  ports: ProviderPorts,
): z.infer<Schema> {
  const parsed = schema.safeParse(answer.json);
  if ((answer.status !== 200 && answer.status !== 201) || !parsed.success) throw failure(call, answer, ports);
  return parsed.data;
}

function failure(call: Call, { status, headers }: OutboundAnswer, ports: ProviderPorts): IssuanceError {
  return errorOf(call, status, parseRetryAfter(headers.get('retry-after'), ports.now()));
}

/** What comes from the network is followed only on the account's own origins. */
function isOwn(uri: string | undefined, origins: readonly string[]): uri is string {
  if (uri === undefined || !URL.canParse(uri)) return false;
  const { origin, username, password } = new URL(uri);
  return origins.includes(origin) && username === '' && password === '';
}
