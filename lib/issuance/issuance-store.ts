/** The store of the records of issuances. */
import type { IssuanceId } from './ids.ts';
import type { Issuance } from './issuance.ts';
import type { Status } from './status.ts';

/** Conditional writes on single records; reads by id are strongly consistent. */
export interface IssuanceStore {
  get(id: IssuanceId): Promise<Issuance | undefined>;
  /** Missing records are omitted; the order is not preserved. */
  getMany(ids: readonly IssuanceId[]): Promise<Issuance[]>;
  /**
   * Replaces a record if it still has the previous sequence, a status that the life cycle allows, and no newer fencing token.
   * False if not: another process wrote it first.
   */
  replace(next: Issuance): Promise<boolean>;
  /** By status, earliest due first; may be slightly out of date. */
  list<In extends Status>(query: ListQuery<In>): Promise<ListPage<In>>;
}

export interface ListQuery<In extends Status = Status> {
  status: In;
  limit: number;
  source?: string;
  /** Only issuances that are due before this time (RFC 3339). */
  dueBefore?: string;
  /** The end of the last page. */
  after?: string;
}

export interface ListPage<In extends Status = Status> {
  issuances: (Issuance & { status: In })[];
  /** Pass it as `after` to continue; absent on the last page. */
  next?: string;
}
