/** Where the records of issuances are read and written. */
import type { Issuance } from './issuance.ts';
import type { Status } from './status.ts';

/** Conditional writes on single records; reads by id are strongly consistent. */
export interface IssuanceStore {
  get(id: string): Promise<Issuance | undefined>;
  /** Missing ones are left out; order is not kept. */
  getMany(ids: readonly string[]): Promise<Issuance[]>;
  /**
   * Replaces a record if it still has the sequence before this one, a status the life cycle allows, and no younger
   * fencing token. False when it has not: someone else was faster.
   */
  replace(next: Issuance): Promise<boolean>;
  /** By status, earliest due first; may be slightly out of date. */
  list<In extends Status>(query: ListQuery<In>): Promise<ListPage<In>>;
}

export interface ListQuery<In extends Status = Status> {
  status: In;
  limit: number;
  source?: string;
  /** Only those due before this time (RFC 3339). */
  dueBefore?: string;
  /** Where the last page ended. */
  after?: string;
}

export interface ListPage<In extends Status = Status> {
  issuances: (Issuance & { status: In })[];
  /** Give it as `after` to go on; absent on the last page. */
  next?: string;
}
