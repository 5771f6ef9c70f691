/** What has become of an offer, as far as its status tells. Asking changes nothing. */
import type { Receipt } from '../../issuance/issuance.ts';
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { ExchangeStatus } from './answers.ts';
import type { CredencoClient } from './client.ts';
import { withRevocation } from './revocations.ts';

/**
 * - `claimed`: a wallet has it, or had it and discarded the credential.
 * - `dead`: it can never be claimed any more. Only then may another be minted.
 * - `unclaimed`: nobody has claimed it yet.
 * - `unanswerable`: the status cannot be asked for.
 */
export type Fate = 'claimed' | 'dead' | 'unclaimed' | 'unanswerable';

export interface Look {
  fate: Fate;
  /** The job's progress, with what the answer told. */
  progress: Receipt;
}

/** Looks at the offer under this id; keeps a revocation uuid that is told. Throws an unknown outcome for other values. */
export async function lookAt(
  job: Pick<ProviderJob, 'progress' | 'keep'>,
  { correlationId, statusUri }: { correlationId: string; statusUri?: string },
  client: CredencoClient,
): Promise<Look> {
  const status = await ask(correlationId, statusUri, client);
  if (status === 'unanswerable') return { fate: 'unanswerable', progress: job.progress };
  const learned = withRevocation(job.progress, status?.revocation_uuid);
  if (learned !== undefined) await job.keep(learned);
  return { fate: fateOf(status?.status), progress: learned ?? job.progress };
}

function fateOf(status: string | undefined): Fate {
  switch (status) {
    case 'issue_completed':
      return 'claimed';
    case 'error':
      return 'dead';
    case undefined:
    case 'issue_request_created':
      return 'unclaimed';
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

/** It cannot be told yet whether a wallet claims the offer. */
export function stillOpen(detail: string, cause?: unknown): IssuanceError {
  return new IssuanceError('provider-answer-lost', { detail, cause });
}
