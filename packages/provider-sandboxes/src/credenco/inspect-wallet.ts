/** A wallet as the inspection shows it: the credentials it keeps, those it discarded and why, and the offers in its inbox. */
import type { DiscardReason, VerifiedCredential } from './books/changes.ts';
import type { Offer } from './books/offer-book.ts';
import type { WalletDelivery } from './books/wallet-book.ts';
import { offerUri } from './issuer/credential-offer.ts';
import type { ProviderState } from './provider-state.ts';

/** The origin of an entry of a wallet; `correlationId` is null for another issuer's offer. Times are ISO 8601. */
interface Provenance {
  readonly deliveryId: string;
  readonly correlationId: string | null;
  readonly offerUri: string;
  readonly deliveredAt: string;
}

/** A credential that the wallet keeps; its content is verified. */
interface InspectedCredential extends Provenance, VerifiedCredential {
  readonly signatureVerified: true;
  readonly attended: boolean;
  readonly keptAt: string;
  readonly revoked: boolean;
}

/** A delivery that the wallet has not kept; `credential` is null if there was none, or none that verifies. */
interface InspectedDiscard extends Provenance {
  readonly discardedAt: string;
  readonly reason: DiscardReason;
  readonly explanation: string;
  readonly signatureVerified: boolean;
  readonly credential: VerifiedCredential | null;
}

/** The content of one wallet. */
export interface InspectedWallet {
  readonly externalKey: string;
  readonly holderThumbprint: string;
  readonly trustedContacts: readonly { id: number; did: string; name: string; directIssueAllowed: boolean }[];
  readonly credentials: readonly InspectedCredential[];
  readonly discarded: readonly InspectedDiscard[];
  readonly inbox: readonly Provenance[];
  readonly exchanging: readonly Provenance[];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function offerOf({ offerUri: uri }: WalletDelivery, state: ProviderState): Offer | undefined {
  const offer = state.ledger.offers.byId(uri.slice(uri.lastIndexOf('/') + 1));
  return offer !== undefined && offerUri(state.origin(), offer.id) === uri ? offer : undefined;
}

function provenance(delivery: WalletDelivery, state: ProviderState): Provenance {
  const { id, offerUri: uri, deliveredAt } = delivery;
  const correlationId = offerOf(delivery, state)?.correlationId ?? null;
  return { deliveryId: id, correlationId, offerUri: uri, deliveredAt: iso(deliveredAt) };
}

function keptOf(delivery: WalletDelivery, state: ProviderState): InspectedCredential[] {
  const { outcome } = delivery;
  if (outcome?.kept !== true) return [];
  const { credential, attended, at } = outcome;
  const revoked = (offerOf(delivery, state)?.revokedAt ?? null) !== null;
  const shown = { ...credential, signatureVerified: true as const, attended, keptAt: iso(at), revoked };
  return [{ ...provenance(delivery, state), ...shown }];
}

function discardedOf(delivery: WalletDelivery, state: ProviderState): InspectedDiscard[] {
  const { outcome } = delivery;
  if (outcome?.kept !== false) return [];
  const { reason, explanation, credential, at } = outcome;
  const shown = { discardedAt: iso(at), reason, explanation, signatureVerified: credential !== null, credential };
  return [{ ...provenance(delivery, state), ...shown }];
}

/** Inspects one wallet. */
export function inspectWallet(externalKey: string, state: ProviderState): InspectedWallet {
  const { wallets } = state.ledger;
  const deliveries = wallets.deliveries(externalKey);
  const open = deliveries.filter(({ outcome }) => outcome === null);
  const shownOpen = (unattended: boolean) =>
    open.filter((delivery) => delivery.unattended === unattended).map((delivery) => provenance(delivery, state));
  return {
    externalKey,
    holderThumbprint: state.ledger.key(`holder:${externalKey}`).thumbprint,
    trustedContacts: wallets
      .contacts(externalKey)
      .map(({ id, did, name, directIssueAllowed }) => ({ id, did, name, directIssueAllowed })),
    credentials: deliveries.flatMap((delivery) => keptOf(delivery, state)),
    discarded: deliveries.flatMap((delivery) => discardedOf(delivery, state)),
    inbox: shownOpen(false),
    exchanging: shownOpen(true),
  };
}
