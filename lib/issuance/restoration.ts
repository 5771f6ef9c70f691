/** A table that was restored from a backup: what happened after the backup is known to the providers only. */
import type { IssuanceIn } from './issuance.ts';

/** The latest restoration of the table. All times RFC 3339, UTC, milliseconds. */
export interface Restoration {
  /** The time of the backup: a record that was written later may be missing. */
  lostSince: string;
  /** Missing while the restoration is in progress. */
  restoredAt?: string;
}

export interface RestorationPort {
  /** Undefined if the table was never restored. */
  restoration(): Promise<Restoration | undefined>;
}

/**
 * A queued issuance of which the provider may know since the backup. The worker determines the outcome, as after a lost call, before
 * it submits anything.
 */
export function inDoubtSince(issuance: IssuanceIn<'queued'>, lostSince: string): IssuanceIn<'queued'> {
  const { number = 0, fence = 0, openSince = lostSince, ...attempt } = issuance.attempt ?? {};
  const since = openSince < lostSince ? openSince : lostSince;
  return { ...issuance, attempt: { ...attempt, number, fence, openSince: since } };
}
