/** The fate of an offer according to its status. The request changes nothing. */
import type { Receipt } from '../../issuance/issuance.ts';
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { ExchangeStatus } from './answers.ts';
import type { CredencoClient } from './client.ts';
import { withRevocation } from './revocations.ts';

/**
 * - `claimed`: a wallet has it, or had it and discarded the credential.
 * - `dead`: it can no longer be claimed. Only then may another offer be minted.
 * - `unclaimed`: nobody has claimed it yet.
 * - `unanswerable`: the status cannot be requested.
 */
export type Fate = 'claimed' | 'dead' | 'unclaimed' | 'unanswerable';

export interface Look {
  fate: Fate;
  /** The job's progress, with the information of the answer. */
  progress: Receipt;
}

/** Requests the status of the offer with this id, and stores a revocation uuid. Throws an unknown outcome for other values. */
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
      // Something has happened to the offer; pushing it again or minting another could issue twice.
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

/** It is not known yet whether a wallet claims the offer. */
export function stillOpen(detail: string, cause?: unknown): IssuanceError {
  return new IssuanceError('provider-answer-lost', { detail, cause });
}
