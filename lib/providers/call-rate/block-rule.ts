/** The rule of a ceiling on calls: each call of an account has a time of its own, and containers take such times in blocks. */

/** How long after its time a call may still be made; then it has expired. */
export const maxLateMs = 1000;
/** A block is for about so long: what a container that dies takes with it. */
const maxBlockMs = 1000;
/** The maximum distance of an account's time from now; a later time was written with a wrong clock. */
export const maxAheadMs = 30_000;
/** After a refused claim this share of the longest wait passes before the next one; doubled with each, up to the whole. */
const firstQuietShare = 0.25;

/** What a container asks of an account's time. Milliseconds since the epoch by its own clock; lengths may have fractions. */
export interface Claim {
  /** The block begins no sooner. */
  from: number;
  /** The block begins no later. */
  latest: number;
  /** By so much the account's time moves on. */
  lengthMs: number;
}

/** A claim, and how many calls it is for. */
export interface Block extends Claim {
  calls: number;
}

export interface Demand {
  now: number;
  callsPerSecond: number;
  /** The longest that a call waits for its time. */
  maxWaitMs: number;
  /** Calls that wait now. */
  waiting: number;
  /** Calls of this container in the last second. */
  recent: number;
  /** Where this container's last block ended: alone, it keeps the ceiling whatever the other clocks say. */
  ownEnd: number;
}

/** The block to claim: as many calls as wait or as the last second had, for a second at most. */
export function blockFor({ now, callsPerSecond, maxWaitMs, waiting, recent, ownEnd }: Demand): Block {
  const most = Math.floor((callsPerSecond * Math.min(maxBlockMs, maxWaitMs / 2)) / 1000);
  const calls = Math.max(1, Math.min(most, Math.max(waiting, recent)));
  const spacingMs = 1000 / callsPerSecond;
  const latest = now + maxWaitMs - (calls - 1) * spacingMs;
  return { calls, from: Math.max(now, ownEnd), latest, lengthMs: calls * spacingMs };
}

/** The times of a block's calls. */
export function timesOf({ calls, lengthMs }: Block, beginning: number): number[] {
  return Array.from({ length: calls }, (_, index) => beginning + (index * lengthMs) / calls);
}

/**
 * Where a claimed block begins, given the account's time: there, or at `from` when that time is over, or cannot be true.
 * Undefined when it would begin too late.
 */
export function beginningOf({ from, latest }: Claim, next: number | undefined): number | undefined {
  const begins = next === undefined || next < from || next > from + maxAheadMs ? from : next;
  return begins <= latest ? begins : undefined;
}

/** How long a container claims nothing after so many refusals in a row. */
export function quietMs(maxWaitMs: number, refusals: number): number {
  return maxWaitMs * Math.min(1, firstQuietShare * 2 ** (refusals - 1));
}
