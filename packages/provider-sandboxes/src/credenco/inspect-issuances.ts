/** The issuances as the inspection shows them: the offers of each, and how often they were pushed and used. */
import { decidingOffer, issueStatus } from './api/status.ts';
import type { Offer } from './books/offer-book.ts';
import { offerUri } from './issuer/credential-offer.ts';
import type { ProviderState } from './provider-state.ts';

/** One offer; times are ISO 8601, null for not yet. */
interface InspectedOffer {
  readonly id: string;
  readonly offerUri: string;
  readonly mintedAt: string;
  readonly expiresAt: string;
  readonly pushes: number;
  readonly used: boolean;
  readonly issuedAt: string | null;
  readonly revokedAt: string | null;
}

/** The offers of one `correlation_id`. */
export interface InspectedIssuance {
  readonly correlationId: string;
  readonly templateId: string;
  readonly status: string;
  readonly revocationUuid: string | null;
  readonly offersMinted: number;
  readonly pushes: number;
  readonly credentialsIssued: number;
  readonly offers: readonly InspectedOffer[];
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function inspectOffer(offer: Offer, state: ProviderState): InspectedOffer {
  const uri = offerUri(state.origin(), offer.id);
  return {
    id: offer.id,
    offerUri: uri,
    mintedAt: new Date(offer.mintedAt).toISOString(),
    expiresAt: new Date(offer.expiresAt).toISOString(),
    pushes: state.ledger.wallets.pushesOf(uri),
    used: offer.redeemedAt !== null,
    issuedAt: iso(offer.issuedAt),
    revokedAt: iso(offer.revokedAt),
  };
}

function inspectIssuance(correlationId: string, state: ProviderState): InspectedIssuance[] {
  const offers = state.ledger.offers.byCorrelationId(correlationId);
  const deciding = decidingOffer(offers);
  if (deciding === undefined) return [];
  const shown = offers.map((offer) => inspectOffer(offer, state));
  return [
    {
      correlationId,
      templateId: deciding.templateId,
      status: issueStatus(deciding, state),
      revocationUuid: deciding.revocation?.uuid ?? null,
      offersMinted: shown.length,
      pushes: shown.reduce((sum, { pushes }) => sum + pushes, 0),
      credentialsIssued: shown.filter(({ issuedAt }) => issuedAt !== null).length,
      offers: shown,
    },
  ];
}

/** All issuances, or the requested issuance. */
export function inspectIssuances(state: ProviderState, correlationId: string | undefined): InspectedIssuance[] {
  const asked = correlationId === undefined ? [...state.ledger.offers.correlationIds()] : [correlationId];
  return asked.flatMap((id) => inspectIssuance(id, state));
}
