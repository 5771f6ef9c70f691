/** The minted offer as it is kept between mint and push. */
import type { Receipt } from '../../issuance/issuance.ts';

export interface KeptOffer {
  correlationId: string;
  offerUri: string;
  statusUri?: string;
  mintedAt: string;
}

/**
 * How long an offer is taken to be usable. Its lifetime is not published; pre-authorized codes usually live for
 * minutes, and an offer that is too old fails in the wallet where we can't see why.
 */
const usableMs = 10 * 60_000;

/** What is kept; the round counts the offers whose correlation id is used up. */
export function progressOf(offer: KeptOffer, round: number): Receipt {
  return { ...offer, round: String(round) };
}

/** The kept offer, if there is one; with `now`, only while it is usable. */
export function keptOffer(progress: Receipt, now?: Date): KeptOffer | undefined {
  const { correlationId, offerUri, statusUri, mintedAt } = progress;
  if (correlationId === undefined || offerUri === undefined || mintedAt === undefined) return undefined;
  if (now !== undefined && now.getTime() - Date.parse(mintedAt) > usableMs) return undefined;
  return { correlationId, offerUri, mintedAt, ...(statusUri !== undefined && { statusUri }) };
}
