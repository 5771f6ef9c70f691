/** Finds out what became of a lost mint or push: the status tells, and asking changes nothing. */
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { LostJob } from '../../issuance/provider.ts';
import type { ExchangeStatus } from './answers.ts';
import type { CredencoClient } from './client.ts';
import { correlationIdOf, type KeptOffer, keptOffer, nextRound, roundOf } from './kept-offer.ts';

/** An unattended exchange takes seconds; pushing its offer a second time in the middle of it could spoil it. */
const exchangeMs = 10_000;

/**
 * The offer a wallet has claimed, or undefined when no wallet has: then the kept offer may be pushed (again), or one
 * minted if none is kept. Throws an unknown outcome while that can't be told.
 */
export async function claimedOffer(job: LostJob, client: CredencoClient, now: Date): Promise<KeptOffer | undefined> {
  const offer = keptOffer(job.progress);
  return offer === undefined ? lookForMint(job, client) : lookForPush(job, offer, client, now);
}

/** Nothing was kept, so nothing was pushed. Only whether the lost offer has used up its correlation id matters. */
async function lookForMint(job: LostJob, client: CredencoClient): Promise<undefined> {
  const round = roundOf(job);
  const status = await ask(correlationIdOf(job.issuanceId, round), undefined, client);
  if (status !== 'unanswerable' && status?.status === 'error') await job.keep(nextRound(round));
}

async function lookForPush(
  job: LostJob,
  offer: KeptOffer,
  client: CredencoClient,
  now: Date,
): Promise<KeptOffer | undefined> {
  const status = await ask(offer.correlationId, offer.statusUri, client);
  if (status === 'unanswerable') throw stillOpen('the status can not be asked for');
  switch (status?.status) {
    case 'issue_completed':
      return offer;
    case 'error':
      await job.keep(nextRound(roundOf(job)));
      return undefined;
    case undefined:
    case 'issue_request_created':
      if (now.getTime() - job.lostSince.getTime() >= exchangeMs) return undefined;
      throw stillOpen('the wallet may be claiming the offer');
    default:
      // Something has happened to the offer; to push it again or to mint another could issue twice.
      throw stillOpen('the status has a value that is not known');
  }
}

async function ask(
  correlationId: string,
  statusUri: string | undefined,
  client: CredencoClient,
): Promise<ExchangeStatus | 'unanswerable' | undefined> {
  try {
    return await client.status(correlationId, statusUri);
  } catch (error) {
    if (isKind(error, 'permanent')) return 'unanswerable';
    throw error;
  }
}

function stillOpen(detail: string): IssuanceError {
  return new IssuanceError('provider-answer-lost', { detail });
}
