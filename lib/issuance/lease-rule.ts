/** The rule of the lease as pure functions: who may take a slot, and its next lease. */
import type { Issuance } from './issuance.ts';
import type { Lease, Slot } from './slot.ts';
import { occupiesSlot } from './status.ts';

/** The fields of the issuance that requests the slot. */
export type Candidate = Pick<Issuance, 'rank' | 'status' | 'passes'> & { id: string };

/** The fields of the issuance that had the slot's last lease. */
export type LastOwner = Pick<Issuance, 'status'> & { id: string };

/** `busy`: another worker or another issuance is in progress. `overtaken`: a newer event takes precedence. */
export type LeaseVerdict = 'free' | 'busy' | 'overtaken';

/**
 * Whether `issuance` may take the slot now (RFC 3339). Without `lastOwner`, the verdict `free` covers only the slot
 * itself: the owner of the last lease must be checked before the lease is taken.
 */
export function leaseVerdict(
  slot: Pick<Slot, 'newest'> & { lease?: Lease<string> },
  issuance: Candidate,
  lastOwner: LastOwner | undefined,
  now: string,
): LeaseVerdict {
  if (isOvertaken(slot, issuance)) return 'overtaken';
  if (slot.lease !== undefined && slot.lease.until > now) return 'busy';
  // The last owner's credential may still be pending, although its worker is done.
  if (lastOwner !== undefined && lastOwner.id !== issuance.id && occupiesSlot(lastOwner.status)) return 'busy';
  return 'free';
}

/** Only a queued issuance is overtaken: any other may already be at the provider. */
export function isOvertaken(slot: Pick<Slot, 'newest'>, issuance: Candidate): boolean {
  return issuance.status === 'queued' && isOlder(slot, issuance);
}

/** Whether a newer event of the slot takes precedence over this issuance. A failed event does not, once this issuance was retried. */
export function isOlder({ newest }: Pick<Slot, 'newest'>, { rank, passes = '' }: Pick<Candidate, 'rank' | 'passes'>) {
  return newest > rank && newest > passes;
}

/**
 * Whether a worker of the slot's last owner that is slower than its lease could still begin, because the record has not
 * changed since that worker read it.
 */
export function mayBeginLate<Owner extends LastOwner>(
  lastOwner: Owner,
  { id }: Pick<Candidate, 'id'>,
): lastOwner is Owner & { status: 'queued' } {
  return lastOwner.id !== id && lastOwner.status === 'queued';
}

/** The lease that follows `last`: its fencing token is higher than that of all earlier leases. */
export function nextLease<Id extends string>(
  last: Lease<Id> | undefined,
  owner: Id,
  until: string,
  follows?: Id,
): Lease<Id> {
  return { owner, token: (last?.token ?? 0) + 1, until, ...(follows !== undefined && { follows }) };
}
