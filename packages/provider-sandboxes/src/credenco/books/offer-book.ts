/** The minted offers, and their progress at the issuer. */
import type { Change, MintedOffer } from './changes.ts';

/** An offer with its history; times in ms since the epoch, null for not yet. */
export interface Offer extends MintedOffer {
  readonly redeemedAt: number | null;
  readonly tokenDigest: string | null;
  readonly tokenExpiresAt: number | null;
  readonly issuedAt: number | null;
  readonly holder: string | null;
  readonly refusedAt: number | null;
  readonly revokedAt: number | null;
}

/** Finds offers by every key that the API uses. */
export interface OfferBook {
  enter(change: Change): void;
  all(): readonly Offer[];
  byId(id: string): Offer | undefined;
  byCode(preAuthorizedCode: string): Offer | undefined;
  byToken(tokenDigest: string): Offer | undefined;
  byRevocation(uuid: string): Offer | undefined;
  /** The offers of one issuance, oldest first. */
  byCorrelationId(correlationId: string): readonly Offer[];
  correlationIds(): Iterable<string>;
  /** Number of entries in the template's status list. */
  statusEntries(templateId: string): number;
}

function fresh(offer: MintedOffer): Offer {
  const nothing = { redeemedAt: null, tokenDigest: null, tokenExpiresAt: null, issuedAt: null };
  return { ...offer, ...nothing, holder: null, refusedAt: null, revokedAt: null };
}

interface Index {
  readonly offers: Map<string, Offer>;
  readonly idsByCode: Map<string, string>;
  readonly idsByToken: Map<string, string>;
  readonly idsByRevocation: Map<string, string>;
  readonly idsByCorrelation: Map<string, string[]>;
  readonly statusEntries: Map<string, number>;
}

function add(index: Index, offer: MintedOffer): void {
  const { id, correlationId, templateId, revocation } = offer;
  index.offers.set(id, fresh(offer));
  index.idsByCode.set(offer.preAuthorizedCode, id);
  index.idsByCorrelation.set(correlationId, [...(index.idsByCorrelation.get(correlationId) ?? []), id]);
  if (revocation === null) return;
  index.idsByRevocation.set(revocation.uuid, id);
  index.statusEntries.set(templateId, Math.max(index.statusEntries.get(templateId) ?? 0, revocation.index + 1));
}

function amend(index: Index, id: string | undefined, news: Partial<Offer>): void {
  const offer = id === undefined ? undefined : index.offers.get(id);
  if (offer !== undefined) index.offers.set(offer.id, { ...offer, ...news });
}

function enter(index: Index, change: Change): void {
  switch (change.type) {
    case 'minted':
      add(index, change.offer);
      break;
    case 'redeemed': {
      const { offerId, at, tokenDigest, tokenExpiresAt } = change;
      index.idsByToken.set(tokenDigest, offerId);
      amend(index, offerId, { redeemedAt: at, tokenDigest, tokenExpiresAt });
      break;
    }
    case 'issued':
      amend(index, change.offerId, { issuedAt: change.at, holder: change.holder });
      break;
    case 'refused':
      amend(index, change.offerId, { refusedAt: change.at });
      break;
    case 'revoked':
      amend(index, index.idsByRevocation.get(change.revocationUuid), { revokedAt: change.at });
      break;
    default:
  }
}

/** Creates an empty book. */
export function createOfferBook(): OfferBook {
  const index: Index = {
    offers: new Map(),
    idsByCode: new Map(),
    idsByToken: new Map(),
    idsByRevocation: new Map(),
    idsByCorrelation: new Map(),
    statusEntries: new Map(),
  };
  const byId = (id: string | undefined) => (id === undefined ? undefined : index.offers.get(id));
  return {
    enter: (change) => enter(index, change),
    all: () => [...index.offers.values()],
    byId,
    byCode: (code) => byId(index.idsByCode.get(code)),
    byToken: (digest) => byId(index.idsByToken.get(digest)),
    byRevocation: (uuid) => byId(index.idsByRevocation.get(uuid)),
    byCorrelationId: (correlationId) =>
      (index.idsByCorrelation.get(correlationId) ?? []).map(byId).filter((offer) => offer !== undefined),
    correlationIds: () => index.idsByCorrelation.keys(),
    statusEntries: (templateId) => index.statusEntries.get(templateId) ?? 0,
  };
}
