/** Pushes an offer into its wallet: the first time, and again if it is not known whether the push arrived. */
import type { Receipt } from '../../issuance/issuance.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { Issuing } from './issuing.ts';
import { type KeptOffer, progressOf } from './kept-offer.ts';

/** How long a wallet's statement about trust is used; a later push does not ask again. */
const trustedMs = 24 * 3600_000;

export async function push({ holder }: ProviderJob, offer: KeptOffer, { client }: Issuing): Promise<void> {
  await client.push(holder, offer.offerUri, offer.into);
}

/**
 * Pushes the same offer once more; a wallet can use it once. The time of the push is stored first, so that the next push
 * does not disturb its exchange. Returns the updated offer.
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
