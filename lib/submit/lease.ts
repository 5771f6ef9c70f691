/** Takes a slot's lease: one issuance of a slot at a time may call the provider, and an overtaken issuance never does. */

import { after } from '../issuance/due.ts';
import type { Attempt, Issuance, IssuanceIn } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import { isOvertaken, leaseVerdict, mayBeginLate, nextLease } from '../issuance/lease-rule.ts';
import { followedBy, newerStands } from '../issuance/newer-stands.ts';
import type { Clock } from '../issuance/ports.ts';
import type { Lease, Slot, SlotStore } from '../issuance/slot.ts';
import { postponed } from '../issuance/transitions/operation.ts';
import { type WritePorts, write } from '../issuance/write.ts';
import { mustBeSettled, stillLate } from './doubt.ts';

export interface LeasePorts extends WritePorts {
  store: IssuanceStore;
  slots: SlotStore;
  clock: Clock;
  leaseMs: number;
}

/** A slot whose lease is ours, and until when a lost call of this issuance or of the last owner may still be carried out. */
export type LeasedSlot = Slot & { lease: Lease } & Pick<Attempt, 'lateUntil'>;

/**
 * The slot with the lease for this issuance, or `overtaken` if a newer event of the slot takes precedence. Throws
 * `slot-busy` if another worker or another issuance is in progress, and `outcome-settling` while a lost call of this
 * issuance may still be carried out.
 */
export async function takeLease(issuance: Issuance, ports: LeasePorts): Promise<LeasedSlot | 'overtaken'> {
  const slot = await currentSlot(issuance, ports);
  const now = ports.clock.now();
  const verdict = leaseVerdict(slot, issuance, undefined, now.toISOString());
  if (verdict === 'overtaken') return verdict;
  if (verdict === 'busy') throw new IssuanceError('slot-busy');
  // A late call must find the slot unchanged.
  mustBeSettled(issuance.attempt, now);
  const lastOwner = await lastOwnerOf(slot, issuance, ports);
  if (leaseVerdict(slot, issuance, lastOwner, now.toISOString()) !== 'free') throw new IssuanceError('slot-busy');
  if (issuance.passes !== undefined && issuance.status === 'queued' && (await newerStands(issuance, slot, ports.store)))
    return 'overtaken';
  if (lastOwner !== undefined && mayBeginLate(lastOwner, issuance)) await shutOut(lastOwner, ports);
  await catchUp(slot, lastOwner, ports);
  const seen = slot.lease;
  const follows = followedBy(issuance, seen, lastOwner);
  const lease = nextLease(seen, issuance.id, after(now, ports.leaseMs), follows);
  const leased = await ports.slots.acquire(slot, lease);
  if (leased === undefined) throw new IssuanceError('slot-busy');
  // A newer event may have arrived between the read and the lease.
  if (isOvertaken(leased, issuance)) {
    await ports.slots.release(issuance.slot, lease, now.toISOString());
    return 'overtaken';
  }
  return { ...leased, lease, ...stillLate(now, issuance.attempt?.lateUntil, lastOwner?.attempt?.lateUntil) };
}

/** Acceptance raises the rank of the slot, but may have crashed just before. */
async function currentSlot(issuance: Issuance, ports: LeasePorts): Promise<Slot> {
  const slot = await ports.slots.get(issuance.slot);
  if (slot !== undefined && slot.newest >= issuance.rank) return slot;
  return ports.slots.raise(issuance.slot, issuance.rank);
}

async function lastOwnerOf({ lease }: Slot, issuance: Issuance, ports: LeasePorts): Promise<Issuance | undefined> {
  if (lease === undefined || lease.owner === issuance.id) return lease && issuance;
  return ports.store.get(lease.owner);
}

/** Its worker may be slower than its lease: after the record has been rewritten, its late writes are refused. */
async function shutOut(lastOwner: IssuanceIn<'queued'>, ports: LeasePorts): Promise<void> {
  const again = await write(postponed(lastOwner, lastOwner.dueAt, ports.clock.now()), ports);
  if (again === undefined) throw new IssuanceError('slot-busy');
}

/** The last owner's worker may have crashed before it added its receipt to the slot: its credential would look like that of a lost call. */
async function catchUp({ key, lease, receipts }: Slot, lastOwner: Issuance | undefined, { slots }: LeasePorts) {
  if (lease === undefined || lastOwner?.knownAs === undefined || receipts.includes(lastOwner.knownAs)) return;
  await slots.release(key, lease, lease.until, withReceipt(receipts, lastOwner.knownAs));
}

/** Maximum of receipts that a slot stores; only the latest can be live. */
const mostReceipts = 50;

/** The receipts of a slot after one more. */
export function withReceipt(receipts: readonly string[], knownAs: string): string[] {
  return [...new Set([...receipts, knownAs])].slice(-mostReceipts);
}
