/** Whether a newer credential prevents the retry of an issuance: follows the slot's history backwards. */
import type { IssuanceId } from './ids.ts';
import type { Issuance } from './issuance.ts';
import type { IssuanceStore } from './issuance-store.ts';
import type { Lease, Slot } from './slot.ts';
import { mayStand } from './status.ts';

/** The issuance of which the slot may have a credential when `issuance` takes its lease. */
export function followedBy(
  issuance: Issuance,
  last: Lease | undefined,
  lastOwner: Issuance | undefined,
): IssuanceId | undefined {
  const isOther = lastOwner !== undefined && lastOwner.id !== issuance.id;
  const before = isOther && mayStand(lastOwner.status) ? lastOwner.id : last?.follows;
  return before === issuance.id ? issuance.follows : before;
}

/**
 * Whether the credential that the slot has, or may have, belongs to a newer event. The slot's newest issuance is not enough:
 * an issuance between it and this one may have been issued.
 */
export async function newerStands(
  issuance: Pick<Issuance, 'id' | 'rank'>,
  { lease }: Pick<Slot, 'lease'>,
  store: Pick<IssuanceStore, 'get'>,
): Promise<boolean> {
  const seen = new Set<IssuanceId>();
  let id: IssuanceId | undefined = lease?.owner;
  while (id !== undefined) {
    // An incomplete history proves nothing: the holder keeps the existing credential.
    if (seen.has(id)) return true;
    seen.add(id);
    const owner = await store.get(id);
    if (owner !== undefined && id !== issuance.id && mayStand(owner.status)) return owner.rank > issuance.rank;
    id = id === lease?.owner ? lease.follows : owner?.follows;
  }
  return false;
}
