/** The offer of an issuance: resumed if there is an offer that may be valid, otherwise minted. */
import type { Receipt } from '../../issuance/issuance.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { Issuing } from './issuing.ts';
import { correlationIdOf, type KeptOffer, keptOffer, nextRound, progressOf, roundOf } from './kept-offer.ts';
import { lookAt } from './look.ts';
import { agreeTerms } from './trust.ts';

/** Maximum of consecutive mints whose correlation id was already used. */
const mostBlocked = 5;

export interface OfferAtHand {
  offer: KeptOffer;
  /** The job's current progress. */
  progress: Receipt;
  /** `new`: nobody has pushed it. `kept`: it was pushed or may have been. `claimed`: a wallet has claimed it. */
  state: 'new' | 'kept' | 'claimed';
}

/** A second offer while the first may be valid could become a second credential: only a dead offer is replaced, whatever its age. */
export async function offerFor(job: ProviderJob, issuing: Issuing): Promise<OfferAtHand> {
  const offer = keptOffer(job.progress);
  if (offer === undefined) return mint(job, job.progress, issuing);
  const { fate, progress } = await lookAt(job, offer, issuing.client);
  // With the same id, the same dead offer might be returned again.
  if (fate === 'dead') return mint(job, nextRound(progress), issuing);
  return { offer, progress, state: fate === 'claimed' ? 'claimed' : 'kept' };
}

/** The offer is stored before it is used, so that the issuance resumes with the same offer after a crash. */
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
    // The answer with this offer was lost, and the provider mints no second offer with its id: nobody can reach it.
    known = nextRound(known);
    await job.keep(known);
  }
  throw new IssuanceError('provider-refused-request', { detail: 'HTTP 409 to the mint' });
}
