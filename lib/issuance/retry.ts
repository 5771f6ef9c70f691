/** Retry: an operator puts an issuance back on the queue whose cause of failure is gone. */
import { after, queuedGraceMs } from './due.ts';
import type { Issuance, Receipt } from './issuance.ts';
import { IssuanceError } from './issuance-error.ts';
import { type QuietMovePorts, requeue } from './move.ts';
import type { IssuanceQueue } from './ports.ts';

export interface RetryPorts extends QuietMovePorts {
  queue: IssuanceQueue;
}

/**
 * The issuance, queued again. Throws `issuance-not-retryable` or `personal-data-gone`. Whoever retries an `uncertain`
 * one has looked: the provider will be asked for the credential as if for the first time.
 */
export async function retry(issuance: Issuance, ports: RetryPorts): Promise<Issuance> {
  if (issuance.status !== 'failed' && issuance.status !== 'uncertain')
    throw new IssuanceError('issuance-not-retryable');
  if (issuance.holder === undefined) throw new IssuanceError('personal-data-gone');
  const now = ports.clock.now();
  const changes = { queuedAt: now.toISOString(), dueAt: after(now, queuedGraceMs), progress: nextRound(issuance) };
  const queued = await requeue(issuance, changes, ports);
  if (queued === undefined) throw new IssuanceError('issuance-not-retryable', { detail: 'someone else was faster' });
  // The record is queued: should the message not get through, the reconciler sends another.
  await ports.queue.send(queued.id).catch(() => undefined);
  return queued;
}

/** What the ended attempt left at the provider stays known: it may live, and must not be made a second time. */
function nextRound({ progress }: Issuance): Receipt {
  return { ...progress, round: String(Number(progress?.['round'] ?? 0) + 1) };
}
