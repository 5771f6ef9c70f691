/** When reconcile should process an issuance that no other part has moved. */

import type { Issuance } from './issuance.ts';

const minute = 60_000;

/** Maximum difference between the clocks of two functions; delays are far longer. */
export const clocksApartMs = 10 * minute;

/** Never due again: holder and claims are gone. */
export const never = '9999-12-31T23:59:59.999Z';

/** A time this many milliseconds after another, as the record writes it. */
export function after(time: Date, milliseconds: number): string {
  return new Date(time.getTime() + milliseconds).toISOString();
}

/** Whole seconds from a record's time until now; 0 if the time is in the future. */
export function secondsSince(time: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(time)) / 1000));
}

/** Prefix of positions in the waiting room; it sorts after every time. */
export const waitingRoom = '~';

/** Position in the index of a status: by due time, followed by the waiting room, program by program. */
export function positionOf({
  program,
  dueAt,
  id,
  waiting,
  queuedAt,
}: Pick<Issuance, 'program' | 'dueAt' | 'id' | 'waiting' | 'queuedAt'>): string {
  return `${waiting ? `${waitingRoom}${program}#` : ''}${dueAt}#${id}@${queuedAt}`;
}

/** The position after everything that waits for this program. */
export function afterProgram(program: string): string {
  return `${waitingRoom}${program}#~`;
}

/** The id in a position. */
export function idAt(position: string): string {
  const time = position.startsWith(waitingRoom) ? position.indexOf('#') + 1 : 0;
  return position.slice(position.indexOf('#', time) + 1).split('@')[0] ?? '';
}

/** After this time, the message of a queued issuance counts as lost. */
export const queuedGraceMs = 2 * minute;
/** A submitting issuance: after this time its lease has expired and its worker no longer runs. */
export const submittingGraceMs = minute;
/** An issuance that is tried again: longer than the longest wait before an attempt. */
export const retriedGraceMs = 120 * minute;
/**
 * A submitted issuance: the fast part of its poller is over by then, and the slow part postpones the time. Short enough for
 * an alarm within a quarter of an hour if it is not polled.
 */
export const submittedGraceMs = 7 * minute;
/** Interval at which the status of an unconfirmed issuance is requested. */
export const unconfirmedEveryMs = 60 * minute;
