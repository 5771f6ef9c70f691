/** The rule of the lease, without reading or writing anything: who may take a slot, and what its next lease is. */
import type { Issuance } from './issuance.ts';
import type { Lease, Slot } from './slot.ts';
import { occupiesSlot } from './status.ts';

/** What the rule needs to know of an issuance that wants the slot. */
export type Candidate = Pick<Issuance, 'id' | 'rank' | 'status' | 'passes'>;

/** What it needs to know of the issuance that had the slot's last lease. */
export type LastOwner = Pick<Issuance, 'id' | 'status'>;

/** `busy`: another worker, or another issuance, is under way. `overtaken`: a newer event makes this one pointless. */
export type LeaseVerdict = 'free' | 'busy' | 'overtaken';

/**
 * Whether `issuance` may take the slot now (RFC 3339). Without `lastOwner` the verdict `free` is only about the slot
 * itself: what had the last lease has to be looked at before the lease is taken.
 */
export function leaseVerdict(
  slot: Pick<Slot, 'newest' | 'lease'>,
  issuance: Candidate,
  lastOwner: LastOwner | undefined,
  now: string,
): LeaseVerdict {
  if (isOvertaken(slot, issuance)) return 'overtaken';
  if (slot.lease !== undefined && slot.lease.until > now) return 'busy';
  // The last owner's credential may still be on its way, even though its worker is done with it.
  if (lastOwner !== undefined && lastOwner.id !== issuance.id && occupiesSlot(lastOwner.status)) return 'busy';
  return 'free';
}

/** Only a queued issuance is overtaken: of any other, something may already be at the provider. */
export function isOvertaken(slot: Pick<Slot, 'newest'>, issuance: Candidate): boolean {
  return issuance.status === 'queued' && isOlder(slot, issuance);
}

/** Whether a newer event of the slot takes precedence over this issuance. A failed event does not, once this issuance was retried. */
export function isOlder({ newest }: Pick<Slot, 'newest'>, { rank, passes = '' }: Pick<Candidate, 'rank' | 'passes'>) {
  return newest > rank && newest > passes;
}

/**
 * Whether a worker of the slot's last owner, slower than its lease, could still write that it begins: nothing of the
 * record has changed since it read it.
 */
export function mayBeginLate<Owner extends LastOwner>(
  lastOwner: Owner,
  { id }: Pick<Candidate, 'id'>,
): lastOwner is Owner & { status: 'queued' } {
  return lastOwner.id !== id && lastOwner.status === 'queued';
}

/** The lease that follows `last`: its fencing token is higher than that of every lease before it. */
export function nextLease(last: Lease | undefined, owner: string, until: string, follows?: string): Lease {
  return { owner, token: (last?.token ?? 0) + 1, until, ...(follows !== undefined && { follows }) };
}
