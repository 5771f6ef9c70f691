/** The calls of Credenco, each authenticated, with a validated answer. */
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
  /** Only if it is on the account's own origin. */
  statusUri?: string;
}

export interface CredencoClient {
  /** Undefined if the provider already has an offer with this correlation id and mints no other (409). */
  mint(correlationId: string, templateId: string, claims: Claims): Promise<MintedOffer | undefined>;
  /** Pushes the offer into a wallet, which claims it unattended, or into its inbox. Success says nothing about the result in the wallet. */
  push(walletKey: string, offerUri: string, into: Terms['into']): Promise<void>;
  /** Undefined if the provider has no such issue. */
  status(correlationId: string, statusUri: string | undefined): Promise<ExchangeStatus | undefined>;
  /** Makes our issuer a trusted contact of the wallet; returns what the wallet states about the contact. */
  addTrustedContact(walletKey: string): Promise<Word>;
}

/** Whether a wallet shows our issuer as a contact that may issue directly, as a contact that may not, or not at all. */
export type Word = 'allowed' | 'refused' | 'unsaid';

/** Every call throws IssuanceError according to answers.ts. */
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
      // The endpoint is public, so our key is not sent to a wallet on another host.
      const answer = await send('push', { method: 'POST', url }, walletOrigin === origin ? authentication : anonymous);
      answer.read(z.unknown());
    },
    async status(correlationId, statusUri) {
      const id = encodeURIComponent(correlationId);
      // The path differs between the guide and existing clients.
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
      // The contact is not valid, or it exists already: the provider does not document the difference.
      if ([400, 409, 422].includes(answer.status))
        return wordOn(account.issuer.did, contact.safeParse(answer.json).data);
      const { did, directIssueAllowed } = answer.read(contact);
      mustBeAbout(account.issuer.did, did, 'the contact is about another issuer');
      return directIssueAllowed ? 'allowed' : 'refused';
    },
  };
}

/** A refusal to create a contact may show the existing contact. "Exists already" alone says nothing about its rights. */
function wordOn(did: string, shown: z.infer<typeof contact> | undefined): Word {
  if (shown?.did !== did) return 'unsaid';
  return shown.directIssueAllowed ? 'allowed' : 'refused';
}

/** A status URI comes from the network and is requested with our key, so only on the account's own origin. */
function isOwn(uri: string | undefined, origin: string): uri is string {
  if (uri === undefined || !URL.canParse(uri)) return false;
  const url = new URL(uri);
  return url.origin === origin && url.username === '' && url.password === '';
}
