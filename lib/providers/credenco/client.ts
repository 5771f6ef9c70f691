/** The calls of Credenco, each authenticated, with its answer checked. */
import type * as z from 'zod/mini';
import { NoAnswer, type OutboundAnswer, type OutboundRequest, request } from '../../http/outbound.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Claims } from '../../issuance/issuance.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { ProviderPorts } from '../definition.ts';
import { type Call, contact, type ExchangeStatus, errorOf, exchangeStatus, minted } from './answers.ts';
import { authenticationFor } from './authentication.ts';
import { offerUriOf } from './offer-uri.ts';
import type { CredencoAccount } from './settings.ts';
import type { Terms } from './terms.ts';

export interface MintedOffer {
  offerUri: string;
  /** Only if it lies on the account's own origin. */
  statusUri?: string;
}

export interface CredencoClient {
  /** Undefined when the provider has an offer under this correlation id already and makes no other (409). */
  mint(correlationId: string, templateId: string, claims: Claims): Promise<MintedOffer | undefined>;
  /** Puts the offer into a wallet, which claims it unattended, or into its inbox. That it is accepted says nothing of what becomes of it. */
  push(walletKey: string, offerUri: string, into: Terms['into']): Promise<void>;
  /** Undefined when the provider knows of no such issue. */
  status(correlationId: string, statusUri: string | undefined): Promise<ExchangeStatus | undefined>;
  /** Makes our issuer a contact from which the wallet keeps what it is sent; gives what the wallet says of it then. */
  addTrustedContact(walletKey: string): Promise<Word>;
}

/** Whether a wallet shows our issuer as a contact that may issue directly, as one that may not, or does not show it. */
export type Word = 'allowed' | 'refused' | 'unsaid';

/** Every call throws IssuanceError as answers.ts says. */
export function credencoClient(account: CredencoAccount, ports: ProviderPorts): CredencoClient {
  const wallets = account.walletBaseUrl ?? account.baseUrl;
  const { origin } = new URL(account.baseUrl);
  const walletOrigin = new URL(wallets).origin;
  const send = sender(account, ports);

  return {
    async mint(correlationId, templateId, claims) {
      const json = { correlation_id: correlationId, template_id: templateId, claims };
      const answer = await send('mint', { method: 'POST', url: `${account.baseUrl}/api/v2/credential/issue`, json });
      if (answer.status === 409) return undefined;
      const { correlation_id, request_uri, status_uri } = read('mint', answer, minted, ports);
      demandAbout(correlation_id, correlationId, 'mint');
      const offerUri = offerUriOf(request_uri, [origin, walletOrigin]);
      return { offerUri, ...(isOwn(status_uri, origin) && { statusUri: status_uri }) };
    },
    async push(walletKey, offerUri, into) {
      const query = `${into === 'wallet' ? 'directIssue=true&' : ''}credential_offer_uri=${encodeURIComponent(offerUri)}`;
      const url = `${wallets}/api/oidc/offer/${encodeURIComponent(walletKey)}?${query}`;
      // The endpoint is open to anyone, so a wallet on another host need not learn our key.
      const answer = await send('push', { method: 'POST', url }, { anonymous: walletOrigin !== origin });
      if (answer.status !== 200 && answer.status !== 201) throw failure('push', answer, ports);
    },
    async status(correlationId, statusUri) {
      const id = encodeURIComponent(correlationId);
      // The path differs between the guide and clients in use.
      const built = [`${account.baseUrl}/api/v2/issue/${id}`, `${account.baseUrl}/api/v2/credential/issue/${id}`];
      for (const url of isOwn(statusUri, origin) ? [statusUri] : built) {
        const answer = await send('status', { method: 'GET', url });
        if (answer.status === 404) continue;
        const status = read('status', answer, exchangeStatus, ports);
        demandAbout(status.correlation_id, correlationId, 'status');
        return status;
      }
      return undefined;
    },
    async addTrustedContact(walletKey) {
      const url = `${account.baseUrl}/api/wallets/${encodeURIComponent(walletKey)}/trusted-contacts`;
      const json = { ...account.issuer, directIssueAllowed: true };
      const answer = await send('contact', { method: 'POST', url, json });
      // Something is wrong with the contact, or it exists already: how the provider says that is not published.
      if ([400, 409, 422].includes(answer.status))
        return wordOn(account.issuer.did, contact.safeParse(answer.json).data);
      const { did, directIssueAllowed } = read('contact', answer, contact, ports);
      demandAbout(did, account.issuer.did, 'contact');
      return directIssueAllowed ? 'allowed' : 'refused';
    },
  };
}

/** Sends with the account's authentication, and once more with a fresh one after a 401. */
function sender(account: CredencoAccount, ports: ProviderPorts) {
  const authentication = authenticationFor(account, ports);
  const limits = { fetch: ports.fetch, deadlineMs: ports.callDeadlineMs };

  const attempt = (call: Call, wanted: OutboundRequest, headers: Record<string, string>) =>
    request({ ...wanted, headers }, limits).catch((cause: unknown) => {
      if (!(cause instanceof NoAnswer)) throw cause;
      const code = cause.sent === 'no' ? 'provider-unreachable' : 'provider-answer-lost';
      throw new IssuanceError(code, { cause, detail: `no answer to the ${call}` });
    });

  return async (call: Call, wanted: OutboundRequest, { anonymous = false } = {}): Promise<OutboundAnswer> => {
    if (anonymous) return attempt(call, wanted, {});
    const headers = await authentication.headers();
    const answer = await attempt(call, wanted, headers);
    return answer.status === 401 ? attempt(call, wanted, await authentication.headers(headers)) : answer;
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

/** What is said about something else is no answer: it is asked again. */
function demandAbout(answered: string | null | undefined, asked: string, call: Call): void {
  if (answered === undefined || answered === null || answered === asked) return;
  const what = call === 'contact' ? 'issuer' : 'correlation id';
  throw new IssuanceError('provider-answer-unreadable', { detail: `the ${call} is about another ${what}` });
}

/** A refusal to make a contact may show the one there is. "Exists already" alone says nothing of its rights. */
function wordOn(did: string, shown: z.infer<typeof contact> | undefined): Word {
  if (shown?.did !== did) return 'unsaid';
  return shown.directIssueAllowed ? 'allowed' : 'refused';
}

/** A status URI comes from the network and is asked with our key: only on the account's own origin. */
function isOwn(uri: string | undefined, origin: string): uri is string {
  if (uri === undefined || !URL.canParse(uri)) return false;
  const url = new URL(uri);
  return url.origin === origin && url.username === '' && url.password === '';
}
