/** The offer an issuance is carried out with: resumed if there is a usable one, minted otherwise. */
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { CredencoClient } from './client.ts';
import type { Issuing } from './issuing.ts';
import { correlationIdOf, isTooOld, type KeptOffer, keptOffer, nextRound, progressOf, roundOf } from './kept-offer.ts';
import { establishTrust } from './trust.ts';

/** Offers minted in a row of whose answers nothing arrived. */
const mostBlocked = 5;

/** The offer, and whether a wallet has claimed it already. */
export interface OfferAtHand {
  offer: KeptOffer;
  claimed: boolean;
}

export async function offerFor(job: ProviderJob, issuing: Issuing): Promise<OfferAtHand> {
  const kept = keptOffer(job.progress);
  if (kept === undefined) return { offer: await mint(job, roundOf(job), issuing), claimed: false };
  const status = await statusOf(kept, issuing.client);
  if (status === 'issue_completed') return { offer: kept, claimed: true };
  // Under the used-up id the same dead offer might be given again.
  if (status !== 'error' && !isTooOld(kept, issuing.now())) return { offer: kept, claimed: false };
  return { offer: await mint(job, roundOf(job) + 1, issuing), claimed: false };
}

/** What can't be asked leaves the offer as good as it was. */
async function statusOf({ correlationId, statusUri }: KeptOffer, client: CredencoClient): Promise<string | undefined> {
  try {
    return (await client.status(correlationId, statusUri))?.status;
  } catch (error) {
    if (isKind(error, 'permanent')) return undefined;
    throw error;
  }
}

/** The offer is kept before anything is done with it: a crash from here on resumes with the same one. */
async function mint(job: ProviderJob, first: number, issuing: Issuing): Promise<KeptOffer> {
  const { client, credential } = issuing;
  const trust = await establishTrust(job, issuing);
  for (let round = first; round < first + mostBlocked; round += 1) {
    const correlationId = correlationIdOf(job.issuanceId, round);
    const mintedAt = issuing.now().toISOString();
    const minted = await client.mint(correlationId, credential.templateId, job.claims);
    if (minted !== undefined) {
      const offer = { ...minted, correlationId, mintedAt, trust };
      await job.keep(progressOf(offer, round));
      return offer;
    }
    // An offer whose answer was lost, at a provider that makes no second one under its id: nobody can reach it.
    await job.keep(nextRound(round));
  }
  throw new IssuanceError('provider-refused-request', { detail: 'HTTP 409 to the mint' });
}
