/** The slot store in memory, with the conditions of the real one. */
import type { Lease, Slot } from '../../lib/issuance/issuance.ts';
import type { SlotStore } from '../../lib/issuance/ports.ts';

export class InMemorySlots implements SlotStore {
  readonly #slots = new Map<string, Slot>();

  async get(key: string): Promise<Slot | undefined> {
    return structuredClone(this.#slots.get(key));
  }

  async raise(key: string, rank: string): Promise<Slot> {
    const slot = this.#slots.get(key) ?? { key, newest: rank, receipts: [] };
    return this.#put(slot.newest < rank ? { ...slot, newest: rank } : slot);
  }

  async acquire(key: string, lease: Lease, seen: Lease | undefined): Promise<Slot | undefined> {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    return isSame(slot.lease, seen) ? this.#put({ ...slot, lease: { ...lease } }) : undefined;
  }

  async supersede(key: string, by: string, id: string): Promise<void> {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    const { superseded } = slot;
    const ids = superseded?.by === by ? [...new Set([...superseded.ids, id])] : [id];
    if (ids.length <= 20 && (superseded?.by ?? '') <= by) this.#put({ ...slot, superseded: { by, ids } });
  }

  async release(key: string, lease: Lease, at: string, receipts?: readonly string[]): Promise<void> {
    const slot = this.#slots.get(key);
    if (slot?.lease?.owner !== lease.owner || slot.lease.token !== lease.token) return;
    this.#put({ ...slot, lease: { ...slot.lease, until: at }, ...(receipts && { receipts: [...receipts] }) });
  }

  /** Every slot, for a test's eyes. */
  all(): Slot[] {
    return structuredClone([...this.#slots.values()]);
  }

  #put(slot: Slot): Slot {
    this.#slots.set(slot.key, slot);
    return structuredClone(slot);
  }
}

/** Whether nobody has taken or released the slot since `seen` was read. */
export function isSame(a: Lease | undefined, b: Lease | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.owner === b.owner && a.token === b.token && a.until === b.until;
}
