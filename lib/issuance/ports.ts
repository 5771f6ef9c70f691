/** What the use cases need of the world around them. No port names a product of AWS. */
import type { IssuanceEvent } from './event.ts';
import type { Issuance, Lease, Slot } from './issuance.ts';
import type { LogEvent } from './log-events.ts';
import type { Program } from './program.ts';
import type { Provider } from './provider.ts';
import type { Status } from './status.ts';

export interface Clock {
  now(): Date;
}

/** Conditional writes on single records; reads by id are strongly consistent. */
export interface IssuanceStore {
  get(id: string): Promise<Issuance | undefined>;
  /** Missing ones are left out; order is not kept. */
  getMany(ids: readonly string[]): Promise<Issuance[]>;
  /** Stores a new record, or gives the one that has the id already. */
  create(issuance: Issuance): Promise<Issuance | undefined>;
  /**
   * Replaces a record if it still has the sequence before this one, a status the life cycle allows, and no younger
   * fencing token. False when it has not: someone else was faster.
   */
  replace(next: Issuance): Promise<boolean>;
  /** By status, earliest due first; may be slightly out of date. */
  list(query: ListQuery): Promise<ListPage>;
  /**
   * Those of a status that were queued first, oldest first, at most so many; may be slightly out of date. Exact up to
   * some hundred thousand, beyond that of those that are due first and last.
   */
  oldest(status: Status, limit: number): Promise<WaitingIssuance[]>;
}

export interface WaitingIssuance {
  id: string;
  queuedAt: string;
}

export interface ListQuery {
  status: Status;
  limit: number;
  source?: string;
  /** Only those due before this time (RFC 3339). */
  dueBefore?: string;
  /** Where the last page ended. */
  after?: string;
}

export interface ListPage {
  issuances: Issuance[];
  /** Give it as `after` to go on; absent on the last page. */
  next?: string;
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

/** The message that says: look at this issuance. */
export interface IssuanceQueue {
  send(id: string, delaySeconds?: number, tries?: number): Promise<void>;
}

/** Starts a poller for a batch of issuances. */
export interface PollerStarter {
  start(ids: readonly string[]): Promise<void>;
}

/** Publishes that an issuance has ended or is parked; at least once. */
export interface Announcer {
  announce(event: IssuanceEvent): Promise<void>;
}

/** Log and metrics by a registry of events; there is no way to log free text. */
export interface Log {
  write(event: LogEvent): void;
}

/** The programs of this environment. */
export interface ProgramCatalog {
  /** Undefined when there is no such program. */
  find(name: string): Program | undefined;
}

/** The programs of this environment, each with its provider. */
export interface Programs extends ProgramCatalog {
  /** The provider that issues this program. */
  provider(name: string): Provider;
}

/** Keyed, one-way names for what must not be stored in clear: holders, idempotency keys, payloads. */
export interface Pseudonyms {
  /** Base64url of an HMAC-SHA-256 over (purpose, value), 43 characters. */
  of(purpose: 'issuance' | 'holder' | 'payload' | 'fact', value: string): Promise<string>;
}
