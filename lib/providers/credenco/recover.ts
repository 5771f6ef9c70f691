/** Determines the outcome of a lost mint or push from the status, and pushes the same offer again if necessary. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { LostJob, Recovery } from '../../issuance/provider.ts';
import type { Issuing } from './issuing.ts';
import { correlationIdOf, type KeptOffer, keptOffer, nextRound, roundOf } from './kept-offer.ts';
import { lookAt, stillOpen } from './look.ts';
import { pushAgain } from './push.ts';
import { submissionOf } from './submission.ts';

/** An unattended exchange takes seconds; pushing its offer again in the middle could disturb it. */
const exchangeMs = 10_000;

/**
 * Once an offer may have been pushed, the job ends `committed`: with the offer that a wallet has claimed, or with the
 * same offer pushed again. Only a lost mint, or a dead offer, is `not-committed`. Throws an unknown outcome while the
 * outcome cannot be determined.
 */
export async function recover(job: LostJob, issuing: Issuing): Promise<Recovery> {
  const offer = keptOffer(job.progress);
  if (offer === undefined) return lookForMint(job, issuing);
  const { fate, progress } = await lookAt(job, offer, issuing.client);
  switch (fate) {
    case 'claimed':
      return { outcome: 'committed', submission: submissionOf(offer, progress) };
    case 'dead':
      await job.keep(nextRound(progress));
      return { outcome: 'not-committed' };
    case 'unanswerable':
      throw stillOpen('the status cannot be asked for');
    case 'unclaimed': {
      if (pushedBefore(job, offer, issuing) < exchangeMs) throw stillOpen('the wallet may be claiming the offer');
      const again = await pushAgain(job, offer, progress, issuing).catch(asOpen);
      return { outcome: 'committed', submission: submissionOf(again, progress) };
    }
  }
}

/** Nothing was stored, so nothing was pushed. Only whether the lost offer has used its correlation id matters. */
async function lookForMint(job: LostJob, { client }: Issuing): Promise<Recovery> {
  const { fate, progress } = await lookAt(
    job,
    { correlationId: correlationIdOf(job.issuanceId, roundOf(job)) },
    client,
  );
  if (fate === 'dead') await job.keep(nextRound(progress));
  return { outcome: 'not-committed' };
}

/** Time since the last possible push, in milliseconds. */
function pushedBefore({ lostSince }: LostJob, { pushedAt }: KeptOffer, { now }: Issuing): number {
  const last = Math.max(lostSince.getTime(), pushedAt === undefined ? 0 : Date.parse(pushedAt));
  return now().getTime() - last;
}

/** A refusal of the second push says nothing about the first, unless there is no such wallet. */
function asOpen(error: unknown): never {
  const refused = error instanceof IssuanceError && error.kind === 'permanent' && error.code !== 'wallet-unknown';
  throw refused ? stillOpen(`${error.detail ?? error.code}, pushed again`, error) : error;
}
