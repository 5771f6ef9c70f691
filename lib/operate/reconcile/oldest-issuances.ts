/** Which issuances have waited for longest. */
import type { Status } from '../../issuance/status.ts';

export interface OldestIssuances {
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
