/** The data that is stored about an issuance that the provider has accepted. */
import type { Receipt } from '../../issuance/issuance.ts';
import type { Submission } from '../../issuance/provider.ts';
import type { KeptOffer } from './kept-offer.ts';
import { revocationsIn } from './revocations.ts';

export function submissionOf({ correlationId, statusUri, trust, into }: KeptOffer, progress: Receipt): Submission {
  const receipt: Receipt = {
    correlationId,
    trust,
    ...(statusUri !== undefined && { statusUri }),
    ...revocationsIn(progress),
  };
  return { receipt, knownAs: correlationId, ...(into === 'inbox' && { offered: into }) };
}
