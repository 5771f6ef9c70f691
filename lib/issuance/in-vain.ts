/** Superseded in vain: an older issuance was superseded by a newer issuance that then failed. */
import { idOfRank } from './identity.ts';
import type { Issuance, IssuanceIn } from './issuance.ts';
import type { IssuanceStore } from './issuance-store.ts';
import { isOvertaken } from './lease-rule.ts';
import type { Log } from './log-events.ts';
import type { SlotStore } from './slot.ts';

export interface InVainPorts {
  store: Pick<IssuanceStore, 'get' | 'getMany'>;
  slots: Pick<SlotStore, 'get' | 'supersede'>;
  log: Log;
}

/** The number of older issuances that are not issued because this one fails now; undefined if there are none. */
export async function supersededInVain(issuance: Issuance, ports: InVainPorts): Promise<number | undefined> {
  const slot = await ports.slots.get(issuance.slot);
  if (slot?.superseded?.by !== issuance.rank) return undefined;
  const older = await ports.store.getMany(slot.superseded.ids);
  // An issuance that is still queued is being superseded at this moment, unless it was retried.
  const waits = older.filter(({ status, passes = '' }) => {
    return status === 'superseded' || (status === 'queued' && passes < issuance.rank);
  });
  return waits.length > 0 ? waits.length : undefined;
}

type Counted = Pick<IssuanceIn<'failed'>, 'id' | 'program' | 'superseded'>;

/** Counts them after the newer issuance has failed. */
export function countInVain({ id, program, superseded: count }: Counted, { log }: Pick<InVainPorts, 'log'>): void {
  if (count !== undefined) log.write({ event: 'superseded-in-vain', id, program, count });
}

/**
 * Stores in the slot that this issuance is superseded, before its record says so: a newer issuance that fails afterwards finds it.
 * Returns the newer issuance if it has already failed.
 */
export async function rememberSuperseded(
  issuance: Issuance,
  ports: InVainPorts,
): Promise<IssuanceIn<'failed'> | undefined> {
  const slot = await ports.slots.get(issuance.slot);
  if (slot === undefined || !isOvertaken(slot, issuance)) return undefined;
  await ports.slots.supersede(slot, issuance.id);
  const id = idOfRank(slot.newest);
  const newer = id && (await ports.store.get(id));
  return newer?.status === 'failed' ? newer : undefined;
}
