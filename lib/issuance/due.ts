/** When the reconciler should look at an issuance that nothing else has moved on. */

const minute = 60_000;

/** Never due again: holder and claims are gone. */
export const never = '9999-12-31T23:59:59.999Z';

/** A time this many milliseconds after another, as the record writes it. */
export function after(time: Date, milliseconds: number): string {
  return new Date(time.getTime() + milliseconds).toISOString();
}

/** Whole seconds from a record's time until now; 0 when it lies ahead. */
export function secondsSince(time: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(time)) / 1000));
}

/** A queued issuance whose message seems to have been lost. */
export const queuedGraceMs = 2 * minute;
/** A submitting one: its lease has run out and its worker is dead. */
export const submittingGraceMs = minute;
/** One that is tried again later: longer than the longest wait before a try. */
export const retriedGraceMs = 120 * minute;
/**
 * A submitted one: the fast part of its poller is over by then, the slow part moves the time on. Short enough for an alarm
 * within a quarter of an hour when nobody asks about it.
 */
export const submittedGraceMs = 7 * minute;
/** An unconfirmed one is asked about now and then. */
export const unconfirmedEveryMs = 60 * minute;
