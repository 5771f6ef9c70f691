/** The minted offer as it is kept between mint and push, and the rounds that count the offers of an issuance. */
import type { Receipt } from '../../issuance/issuance.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { Trust } from './trust.ts';

export interface KeptOffer {
  correlationId: string;
  offerUri: string;
  statusUri?: string;
  mintedAt: string;
  /** As it stood before the offer was pushed: a contact made later does not bring back what was discarded. */
  trust: Trust;
}

/**
 * How long an offer is taken to be usable. Its lifetime is not published; pre-authorized codes usually live for
 * minutes, and an offer that is too old fails in the wallet where we can't see why.
 */
const usableMs = 10 * 60_000;

/** Each round has one offer, under a correlation id of its own. */
export function correlationIdOf(issuanceId: string, round: number): string {
  return round === 0 ? issuanceId : `${issuanceId}.${round}`;
}

/** The round that is under way; the ones before it are used up. */
export function roundOf({ progress }: Pick<ProviderJob, 'progress'>): number {
  return Number(progress['round'] ?? 0);
}

/** What is kept once an offer is minted. */
export function progressOf(offer: KeptOffer, round: number): Receipt {
  return { ...offer, round: String(round) };
}

/** What is kept when a round is used up: nothing but the next one's number. */
export function nextRound(round: number): Receipt {
  return { round: String(round + 1) };
}

/** The kept offer, if there is one. */
export function keptOffer(progress: Receipt): KeptOffer | undefined {
  const { correlationId, offerUri, statusUri, mintedAt } = progress;
  if (correlationId === undefined || offerUri === undefined || mintedAt === undefined) return undefined;
  const trust = progress['trust'] === 'verified' ? 'verified' : 'assumed';
  return { correlationId, offerUri, mintedAt, trust, ...(statusUri !== undefined && { statusUri }) };
}

export function isTooOld({ mintedAt }: KeptOffer, now: Date): boolean {
  return now.getTime() - Date.parse(mintedAt) > usableMs;
}
