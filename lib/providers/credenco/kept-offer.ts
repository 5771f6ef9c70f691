/** The minted offer as it is kept between mint and push, and the rounds that count the offers of an issuance. */
import type { Receipt } from '../../issuance/issuance.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import { withReplaced } from './revocations.ts';
import type { Terms } from './terms.ts';

/** As the terms stood before the offer was pushed: a contact made later does not bring back what was discarded. */
export interface KeptOffer extends Terms {
  correlationId: string;
  offerUri: string;
  statusUri?: string;
  mintedAt: string;
  /** When it was last pushed again. */
  pushedAt?: string;
}

/** Each round has one offer, under a correlation id of its own. */
export function correlationIdOf(issuanceId: string, round: number): string {
  return round === 0 ? issuanceId : `${issuanceId}.${round}`;
}

/** The round that is under way; the ones before it are used up. */
export function roundOf({ progress }: Pick<ProviderJob, 'progress'>): number {
  return Number(progress['round'] ?? 0);
}

/** What is kept once an offer is minted, beside what was known before. */
export function progressOf(offer: KeptOffer, before: Receipt): Receipt {
  return { ...before, ...offer };
}

/** What is kept when a round is used up: the next one's number, and what its offer could be revoked by. */
export function nextRound(progress: Receipt): Receipt {
  return { round: String(roundOf({ progress }) + 1), ...withReplaced(progress) };
}

/** The kept offer, if there is one. */
export function keptOffer(progress: Receipt): KeptOffer | undefined {
  const { correlationId, offerUri, statusUri, mintedAt, pushedAt } = progress;
  if (correlationId === undefined || offerUri === undefined || mintedAt === undefined) return undefined;
  return {
    correlationId,
    offerUri,
    mintedAt,
    trust: progress['trust'] === 'verified' ? 'verified' : 'assumed',
    into: progress['into'] === 'inbox' ? 'inbox' : 'wallet',
    ...(statusUri !== undefined && { statusUri }),
    ...(pushedAt !== undefined && { pushedAt }),
  };
}
