/** The calls of Credenco, each authenticated, with its answer checked. */
import * as z from 'zod/mini';
import type { OutboundRequest } from '../../http/outbound.ts';
import type { Claims } from '../../issuance/issuance.ts';
import { anonymous } from '../authentication.ts';
import { callProvider, mustBeAbout } from '../call.ts';
import type { ProviderPorts } from '../definition.ts';
import { calls, contact, type ExchangeStatus, exchangeStatus, minted } from './answers.ts';
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
  const authentication = authenticationFor(account, ports);
  const send = (call: keyof typeof calls, wanted: OutboundRequest, proof = authentication) =>
    callProvider(calls[call], wanted, proof, ports);

  return {
    async mint(correlationId, templateId, claims) {
      const json = { correlation_id: correlationId, template_id: templateId, claims };
      const answer = await send('mint', { method: 'POST', url: `${account.baseUrl}/api/v2/credential/issue`, json });
      if (answer.status === 409) return undefined;
      const { correlation_id, request_uri, status_uri } = answer.read(minted);
      mustBeAbout(correlationId, correlation_id, 'the mint is about another correlation id');
      const offerUri = offerUriOf(request_uri, [origin, walletOrigin]);
      return { offerUri, ...(isOwn(status_uri, origin) && { statusUri: status_uri }) };
    },
    async push(walletKey, offerUri, into) {
      const query = `${into === 'wallet' ? 'directIssue=true&' : ''}credential_offer_uri=${encodeURIComponent(offerUri)}`;
      const url = `${wallets}/api/oidc/offer/${encodeURIComponent(walletKey)}?${query}`;
      // The endpoint is open to anyone, so a wallet on another host need not learn our key.
      const answer = await send('push', { method: 'POST', url }, walletOrigin === origin ? authentication : anonymous);
      answer.read(z.unknown());
    },
    async status(correlationId, statusUri) {
      const id = encodeURIComponent(correlationId);
      // The path differs between the guide and clients in use.
      const built = [`${account.baseUrl}/api/v2/issue/${id}`, `${account.baseUrl}/api/v2/credential/issue/${id}`];
      for (const url of isOwn(statusUri, origin) ? [statusUri] : built) {
        const answer = await send('status', { method: 'GET', url });
        if (answer.status === 404) continue;
        const status = answer.read(exchangeStatus);
        mustBeAbout(correlationId, status.correlation_id, 'the status is about another correlation id');
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
      const { did, directIssueAllowed } = answer.read(contact);
      mustBeAbout(account.issuer.did, did, 'the contact is about another issuer');
      return directIssueAllowed ? 'allowed' : 'refused';
    },
  };
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
