/** The issuances that have waited the longest. */
import type { IssuanceId } from '../../issuance/ids.ts';
import type { Status } from '../../issuance/status.ts';

export interface OldestIssuances {
  /**
   * The issuances of a status that were queued first, oldest first, up to a maximum; may be slightly out of date. Exact up to
   * some hundred thousand; beyond that, the oldest among the first and last due.
   */
  oldest(status: Status, limit: number): Promise<WaitingIssuance[]>;
}

export interface WaitingIssuance {
  id: IssuanceId;
  queuedAt: string;
}
