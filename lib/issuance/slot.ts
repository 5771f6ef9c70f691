/** The slot of a holder and program: its lease, and its list of receipts and issuances. */
import type { IssuanceId, SlotKey } from './ids.ts';

/** The pair (program, holder): one issuance in progress at a time, and the newest event takes precedence. */
export interface Slot {
  key: SlotKey;
  /** Highest rank accepted for this slot. */
  newest: string;
  /** Who may call the provider for this slot. The owner remains after a release until another issuance takes the lease. */
  lease?: Lease;
  /** The latest issuance that superseded others, by its rank, and the ids of those. */
  superseded?: { by: string; ids: readonly IssuanceId[] };
  /** The provider's ids of the known credentials of this slot; newest last. */
  receipts: readonly string[];
  /** Ids of its latest issuances that took its lease or were superseded; newest last. */
  issuances: readonly IssuanceId[];
}

/** The rule of the lease only compares ids, whatever they look like. */
export interface Lease<Id extends string = IssuanceId> {
  /** Id of the issuance. */
  owner: Id;
  /** Fencing token; grows with each lease of the slot. */
  token: number;
  /** RFC 3339; in the past if released. */
  until: string;
  /** Id of the last earlier owner of which there may be a credential. */
  follows?: Id;
}

/** A slot as it was read, for a conditional write. */
export type SeenSlot = Pick<Slot, 'key' | 'newest' | 'lease' | 'issuances'>;

export interface SlotStore {
  get(key: SlotKey): Promise<Slot | undefined>;
  /** Raises the slot's newest rank to this rank unless it is higher; returns the updated slot. */
  raise(key: SlotKey, rank: string): Promise<Slot>;
  /**
   * Takes the lease if the slot's lease is unchanged since it was read, and adds its owner to the slot's issuances; returns
   * the slot with the new lease, or undefined.
   */
  acquire(seen: SeenSlot, lease: Lease): Promise<Slot | undefined>;
  /**
   * Adds this issuance to the slot's issuances, and records that the newest issuance superseded it. Only the issuances that
   * the newest one superseded are recorded, at most twenty.
   */
  supersede(seen: SeenSlot, id: IssuanceId): Promise<void>;
  /** Ends the lease at this time if it is still ours; `receipts` replace the slot's receipts. */
  release(key: SlotKey, lease: Lease, at: string, receipts?: readonly string[]): Promise<void>;
}
