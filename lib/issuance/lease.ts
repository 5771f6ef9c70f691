/** Takes a slot's lease: one issuance of a slot at a time may talk to the provider, and an overtaken one never does. */
import { after } from './due.ts';
import type { Issuance, Lease, Slot } from './issuance.ts';
import { IssuanceError } from './issuance-error.ts';
import type { Clock, IssuanceStore, SlotStore } from './ports.ts';
import { occupiesSlot } from './status.ts';

export interface LeasePorts {
  store: IssuanceStore;
  slots: SlotStore;
  clock: Clock;
  leaseMs: number;
}

/** A slot whose lease is ours. */
export type LeasedSlot = Slot & { lease: Lease };

/**
 * The slot with the lease now held for this issuance, or `overtaken` when a newer event for the slot makes it
 * pointless. Throws `slot-busy` when another worker or another issuance is under way.
 */
export async function takeLease(issuance: Issuance, ports: LeasePorts): Promise<LeasedSlot | 'overtaken'> {
  const slot = await currentSlot(issuance, ports);
  if (slot.newest > issuance.rank && issuance.status === 'queued') return 'overtaken';
  const now = ports.clock.now();
  const seen = slot.lease;
  if (seen !== undefined && seen.until > now.toISOString()) throw new IssuanceError('slot-busy');
  await catchUp(slot, issuance, ports);
  const lease = { owner: issuance.id, token: (seen?.token ?? 0) + 1, until: after(now, ports.leaseMs) };
  const leased = await ports.slots.acquire(issuance.slot, lease, seen);
  if (leased === undefined) throw new IssuanceError('slot-busy');
  // Someone newer may have come between the read and the lease.
  if (leased.newest > issuance.rank && issuance.status === 'queued') {
    await ports.slots.release(issuance.slot, lease, now.toISOString());
    return 'overtaken';
  }
  return { ...leased, lease };
}

/** Acceptance raises the slot, but it may have died just before. */
async function currentSlot(issuance: Issuance, ports: LeasePorts): Promise<Slot> {
  const slot = await ports.slots.get(issuance.slot);
  if (slot !== undefined && slot.newest >= issuance.rank) return slot;
  return ports.slots.raise(issuance.slot, issuance.rank);
}

/**
 * The last owner's credential may still be on its way, even though its worker is done with it. And that worker may have
 * died before it told the slot: a credential the slot does not know would look like that of a lost call.
 */
async function catchUp({ key, lease, receipts }: Slot, issuance: Issuance, ports: LeasePorts): Promise<void> {
  if (lease === undefined) return;
  const isOwn = lease.owner === issuance.id;
  const owner = isOwn ? issuance : await ports.store.get(lease.owner);
  if (owner === undefined) return;
  if (!isOwn && occupiesSlot(owner.status)) throw new IssuanceError('slot-busy');
  if (owner.knownAs === undefined || receipts.includes(owner.knownAs)) return;
  await ports.slots.release(key, lease, lease.until, withReceipt(receipts, owner.knownAs));
}

/** Credentials of its past that a slot remembers; only the latest can be live. */
const mostReceipts = 50;

/** What a slot remembers after one more. */
export function withReceipt(receipts: readonly string[], knownAs: string): string[] {
  return [...new Set([...receipts, knownAs])].slice(-mostReceipts);
}
