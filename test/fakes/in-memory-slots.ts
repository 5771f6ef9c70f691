/** The slot store in memory, with the conditions of the real one. */
import type { IssuanceId, SlotKey } from '../../lib/issuance/ids.ts';
import type { Lease, SeenSlot, Slot, SlotStore } from '../../lib/issuance/slot.ts';

export class InMemorySlots implements SlotStore {
  readonly #slots = new Map<string, Slot>();

  async get(key: SlotKey): Promise<Slot | undefined> {
    return structuredClone(this.#slots.get(key));
  }

  async raise(key: SlotKey, rank: string): Promise<Slot> {
    const slot = this.#slots.get(key) ?? { key, newest: rank, receipts: [], issuances: [] };
    return this.#put(slot.newest < rank ? { ...slot, newest: rank } : slot);
  }

  async acquire(seen: SeenSlot, lease: Lease): Promise<Slot | undefined> {
    const slot = this.#slots.get(seen.key);
    if (slot === undefined || !isSame(slot.lease, seen.lease)) return undefined;
    return this.#put({ ...slot, lease: { ...lease }, issuances: latest(slot, lease.owner) });
  }

  async supersede({ key, newest: by }: SeenSlot, id: IssuanceId): Promise<void> {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    const { superseded } = slot;
    const ids = superseded?.by === by ? [...new Set([...superseded.ids, id])] : [id];
    if (ids.length > 20 || (superseded?.by ?? '') > by) return;
    this.#put({ ...slot, superseded: { by, ids }, issuances: latest(slot, id) });
  }

  async release(key: SlotKey, lease: Lease, at: string, receipts?: readonly string[]): Promise<void> {
    const slot = this.#slots.get(key);
    if (slot?.lease?.owner !== lease.owner || slot.lease.token !== lease.token) return;
    this.#put({ ...slot, lease: { ...slot.lease, until: at }, ...(receipts && { receipts: [...receipts] }) });
  }

  /** Drops what it knows of credentials and issuances. */
  forget(key: SlotKey): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    const { superseded: _superseded, ...rest } = slot;
    this.#put({ ...rest, receipts: [], issuances: [] });
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

/** Once each, and at most fifty. */
function latest({ issuances }: Slot, id: IssuanceId): IssuanceId[] {
  return [...new Set([...issuances, id])].slice(-50);
}

/** Whether nobody has taken or released the slot since `seen` was read. */
export function isSame(a: Lease<string> | undefined, b: Lease<string> | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.owner === b.owner && a.token === b.token && a.until === b.until;
}
