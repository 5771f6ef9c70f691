/** Retry: an operator queues an issuance again after the cause of its failure is fixed. */
import { after, queuedGraceMs } from '../issuance/due.ts';
import { idOfRank } from '../issuance/identity.ts';
import { type Issuance, type IssuanceIn, isIn, type Receipt } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import { newerStands } from '../issuance/newer-stands.ts';
import type { Clock, IssuanceQueue } from '../issuance/ports.ts';
import type { SlotStore } from '../issuance/slot.ts';
import { type FailedUnresolved, lookedUpAgain } from '../issuance/transitions/lookup.ts';
import { queuedAgain, type Retryable } from '../issuance/transitions/operation.ts';
import type { Moved } from '../issuance/transitions/step.ts';
import { type WritePorts, write } from '../issuance/write.ts';

export interface RetryPorts extends WritePorts {
  store: IssuanceStore;
  clock: Clock;
  queue: IssuanceQueue;
  slots: Pick<SlotStore, 'get'>;
}

/**
 * The issuance, queued again. Throws `issuance-not-retryable`, `newer-event-stands` or `personal-data-gone`. An operator who retries
 * an `uncertain` issuance has checked at the provider: the credential is requested as if for the first time.
 */
export async function retry(issuance: Issuance, ports: RetryPorts): Promise<IssuanceIn<'queued'>> {
  if (!isIn(issuance, 'retry', 'by-id', 'in-bulk')) throw new IssuanceError('issuance-not-retryable');
  if (issuance.claims === undefined) throw new IssuanceError('personal-data-gone');
  const queued = await write(await again(issuance, ports), ports);
  if (queued === undefined) throw new IssuanceError('issuance-not-retryable', { detail: 'someone else was faster' });
  // The record is queued: if the message is lost, reconcile sends another.
  await ports.queue.send(queued.id).catch(() => undefined);
  return queued;
}

/** The issuance as it is queued again. A holder that the directory did not know is looked up again. */
async function again(issuance: Retryable | FailedUnresolved, ports: RetryPorts): Promise<Moved<IssuanceIn<'queued'>>> {
  const now = ports.clock.now();
  const due = { queuedAt: now.toISOString(), dueAt: after(now, queuedGraceMs) };
  if (issuance.lookup !== undefined) return lookedUpAgain(issuance, due, now);
  const passes = issuance.status === 'superseded' && (await failedNewest(issuance, ports));
  return queuedAgain(issuance, { ...due, progress: nextRound(issuance), ...(passes && { passes }) }, now);
}

/** The rank of the slot's newest issuance, which has failed. Throws `newer-event-stands` if it has not, or if another credential exists. */
async function failedNewest(issuance: Issuance, { slots, store }: RetryPorts): Promise<string> {
  const slot = await slots.get(issuance.slot);
  const id = slot && idOfRank(slot.newest);
  const newest = id && (await store.get(id));
  if (slot === undefined || newest?.status !== 'failed' || (await newerStands(issuance, slot, store)))
    throw new IssuanceError('newer-event-stands');
  return slot.newest;
}

/** Keeps what the ended attempt left at the provider: it may still be valid, and must not be created a second time. */
function nextRound({ progress }: Retryable): Receipt {
  return { ...progress, round: String(Number(progress?.['round'] ?? 0) + 1) };
}
