/** The intervals of a poller: 1 s doubling to 30 s for five minutes, then longer, up to a quarter of an hour. */

const fastSeconds = 300;
/** The longest wait between two rounds, in seconds. */
export const slowest = 900;

/**
 * A round costs about nine history events of an execution, which may have 25,000: 2,000 rounds are 18,000. With the
 * schedule below a day takes about 120 rounds, so this is reached only with very long deadlines.
 */
export const handOverAfterRounds = 2000;

/** Whole seconds until the next round, given the rounds so far and the milliseconds since the first. */
export function waitSeconds(round: number, elapsedMs: number): number {
  const elapsed = elapsedMs / 1000;
  if (elapsed < fastSeconds) return Math.min(30, 2 ** Math.min(round, 5));
  return Math.min(slowest, Math.max(60, Math.round(elapsed / 10)));
}

/**
 * The wait if the provider requests a pause of this many seconds for all open issuances: never shorter than scheduled. The
 * longest interval of the schedule is still the maximum, so that the deadline is not missed by much.
 */
export function heldWaitSeconds(scheduled: number, heldSeconds: number): number {
  return Math.max(scheduled, Math.min(heldSeconds, slowest));
}
