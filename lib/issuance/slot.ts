/** The slot of a holder and program: who may talk to the provider about it, and what it remembers. */

/** The pair (program, holder): one live issuance at a time, and the newest event wins. */
export interface Slot {
  key: string;
  /** Highest rank accepted for this slot. */
  newest: string;
  /** Who may talk to the provider about this slot. The owner stays named after release, until another takes it. */
  lease?: Lease;
  /** The latest one that made others superseded, by its rank, and the ids of those. */
  superseded?: { by: string; ids: readonly string[] };
  /** What the provider calls the credentials this slot is known to have had; newest last. */
  receipts: readonly string[];
  /** Ids of its latest issuances that took its lease or were superseded; newest last. */
  issuances: readonly string[];
}

export interface Lease {
  /** Id of the issuance. */
  owner: string;
  /** Fencing token; grows with each lease of the slot. */
  token: number;
  /** RFC 3339; in the past when released. */
  until: string;
  /** Id of the last owner before this one of which there may be a credential. */
  follows?: string;
}

/** A slot as it was read, for a write that follows from it. */
export type SeenSlot = Pick<Slot, 'key' | 'newest' | 'lease' | 'issuances'>;

export interface SlotStore {
  get(key: string): Promise<Slot | undefined>;
  /** Raises the slot's newest rank to this one unless it is higher already; gives the slot as it then is. */
  raise(key: string, rank: string): Promise<Slot>;
  /**
   * Takes the lease if the slot's lease is still the one that was seen, and remembers its owner among the slot's
   * issuances; gives the slot with the new lease, or undefined.
   */
  acquire(seen: SeenSlot, lease: Lease): Promise<Slot | undefined>;
  /**
   * Remembers this one among the slot's issuances, and that the newest that was seen has superseded it; of a slot's
   * issuances, only what the newest of these has superseded is remembered so, and at most twenty.
   */
  supersede(seen: SeenSlot, id: string): Promise<void>;
  /** Ends the lease at this time if it is still ours; with `receipts`, those become what the slot knows. */
  release(key: string, lease: Lease, at: string, receipts?: readonly string[]): Promise<void>;
}
