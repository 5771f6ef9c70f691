/** The offer an issuance is carried out with: resumed if there is one that may live, minted otherwise. */
import type { Receipt } from '../../issuance/issuance.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { Issuing } from './issuing.ts';
import { correlationIdOf, type KeptOffer, keptOffer, nextRound, progressOf, roundOf } from './kept-offer.ts';
import { lookAt } from './look.ts';
import { agreeTerms } from './trust.ts';

/** Offers minted in a row of whose answers nothing arrived. */
const mostBlocked = 5;

export interface OfferAtHand {
  offer: KeptOffer;
  /** The job's progress as it now is. */
  progress: Receipt;
  /** New, so that nobody has pushed it; else it was pushed, or may have been, or a wallet has claimed it. */
  state: 'new' | 'kept' | 'claimed';
}

/** A second offer while the first may live would be a second credential: only a dead one is replaced, whatever its age. */
export async function offerFor(job: ProviderJob, issuing: Issuing): Promise<OfferAtHand> {
  const offer = keptOffer(job.progress);
  if (offer === undefined) return mint(job, job.progress, issuing);
  const { fate, progress } = await lookAt(job, offer, issuing.client);
  // Under the used-up id the same dead offer might be given again.
  if (fate === 'dead') return mint(job, nextRound(progress), issuing);
  return { offer, progress, state: fate === 'claimed' ? 'claimed' : 'kept' };
}

/** The offer is kept before anything is done with it: a crash from here on resumes with the same one. */
async function mint(job: ProviderJob, before: Receipt, issuing: Issuing): Promise<OfferAtHand> {
  const { client, credential } = issuing;
  const terms = await agreeTerms(job, issuing);
  let known = before;
  for (let blocked = 0; blocked < mostBlocked; blocked += 1) {
    const correlationId = correlationIdOf(job.issuanceId, roundOf({ progress: known }));
    const mintedAt = issuing.now().toISOString();
    const minted = await client.mint(correlationId, credential.templateId, job.claims);
    if (minted !== undefined) {
      const offer = { ...minted, ...terms, correlationId, mintedAt };
      const progress = progressOf(offer, known);
      await job.keep(progress);
      return { offer, progress, state: 'new' };
    }
    // An offer whose answer was lost, at a provider that makes no second one under its id: nobody can reach it.
    known = nextRound(known);
    await job.keep(known);
  }
  throw new IssuanceError('provider-refused-request', { detail: 'HTTP 409 to the mint' });
}
