/** Puts an offer into its wallet: the first time, and again when it is not known whether that arrived. */
import type { Receipt } from '../../issuance/issuance.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { Issuing } from './issuing.ts';
import { type KeptOffer, progressOf } from './kept-offer.ts';

/** What a wallet said about trust is believed for a day; an offer pushed later was pushed without asking again. */
const trustedMs = 24 * 3600_000;

export async function push({ holder }: ProviderJob, offer: KeptOffer, { client }: Issuing): Promise<void> {
  await client.push(holder, offer.offerUri, offer.into);
}

/**
 * The same offer once more, which a wallet can use once. That it is pushed is written down first: its exchange must not
 * be disturbed by the next push. Gives the offer as it then stands.
 */
export async function pushAgain(
  job: ProviderJob,
  offer: KeptOffer,
  progress: Receipt,
  issuing: Issuing,
): Promise<KeptOffer> {
  const now = issuing.now();
  const stale = now.getTime() - Date.parse(offer.mintedAt) > trustedMs;
  const again: KeptOffer = { ...offer, pushedAt: now.toISOString(), ...(stale && { trust: 'assumed' }) };
  await job.keep(progressOf(again, progress));
  await push(job, again, issuing);
  return again;
}
