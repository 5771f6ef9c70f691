/** Whether a newer credential prevents the retry of an issuance: follows the slot's history backwards. */
import type { Issuance } from './issuance.ts';
import type { IssuanceStore } from './issuance-store.ts';
import type { Lease, Slot } from './slot.ts';
import { mayStand } from './status.ts';

/** Which issuance the slot may have a credential of when `issuance` takes its lease. */
export function followedBy(
  issuance: Issuance,
  last: Lease | undefined,
  lastOwner: Issuance | undefined,
): string | undefined {
  const isOther = lastOwner !== undefined && lastOwner.id !== issuance.id;
  const before = isOther && mayStand(lastOwner.status) ? lastOwner.id : last?.follows;
  return before === issuance.id ? issuance.follows : before;
}

/**
 * Whether the credential that the slot has now, or may have, is of a newer event. Whatever the slot's newest became:
 * between it and this one another may have been issued.
 */
export async function newerStands(
  issuance: Pick<Issuance, 'id' | 'rank'>,
  { lease }: Pick<Slot, 'lease'>,
  store: Pick<IssuanceStore, 'get'>,
): Promise<boolean> {
  const seen = new Set<string>();
  let id = lease?.owner;
  while (id !== undefined) {
    // A past that leads nowhere proves nothing: the holder keeps what there is.
    if (seen.has(id)) return true;
    seen.add(id);
    const owner = await store.get(id);
    if (owner !== undefined && id !== issuance.id && mayStand(owner.status)) return owner.rank > issuance.rank;
    id = id === lease?.owner ? lease.follows : owner?.follows;
  }
  return false;
}
