/** What keeping a ceiling on the calls of an account needs of the outside. */
import type { Log } from '../../issuance/log-events.ts';
import type { Claim } from './block-rule.ts';

/** One small record per account: the time of its next call that no container has taken. One conditional write each. */
export interface CallTimes {
  /** Moves that time on by the claim's length, as `beginningOf` says; gives where the block begins, or undefined. */
  take(account: string, claim: Claim): Promise<number | undefined>;
}

export interface CallRatePorts {
  times: CallTimes;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  log: Log;
}
