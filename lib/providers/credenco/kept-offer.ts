/** The stored offer between mint and push, and the rounds that count the offers of an issuance. */
import type { Receipt } from '../../issuance/issuance.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import { withReplaced } from './revocations.ts';
import type { Terms } from './terms.ts';

/** With the terms before the push: a contact that is created later does not restore a discarded credential. */
export interface KeptOffer extends Terms {
  correlationId: string;
  offerUri: string;
  statusUri?: string;
  mintedAt: string;
  /** When it was last pushed again. */
  pushedAt?: string;
}

/** Each round has one offer with its own correlation id. */
export function correlationIdOf(issuanceId: string, round: number): string {
  return round === 0 ? issuanceId : `${issuanceId}.${round}`;
}

/** The current round; earlier rounds are finished. */
export function roundOf({ progress }: Pick<ProviderJob, 'progress'>): number {
  return Number(progress['round'] ?? 0);
}

/** The progress after an offer is minted, in addition to the earlier progress. */
export function progressOf(offer: KeptOffer, before: Receipt): Receipt {
  return { ...before, ...offer };
}

/** The progress after a round is finished: the number of the next round, and the revocation ids of its offer. */
export function nextRound(progress: Receipt): Receipt {
  return { round: String(roundOf({ progress }) + 1), ...withReplaced(progress) };
}

/** The stored offer, if there is one. */
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
