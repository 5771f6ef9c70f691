/** When the reconciler should look at an issuance that nothing else has moved on. */

import type { Issuance } from './issuance.ts';

const minute = 60_000;

/** The clocks of two functions may differ by so much; what is put off is put off for far longer. */
export const clocksApartMs = 10 * minute;

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

/** What positions in the waiting room begin with; it sorts after every time. */
export const waitingRoom = '~';

/** Place in the index of a status: by due time, and behind those the waiting room, program by program. */
export function positionOf({
  program,
  dueAt,
  id,
  waiting,
  queuedAt,
}: Pick<Issuance, 'program' | 'dueAt' | 'id' | 'waiting' | 'queuedAt'>): string {
  return `${waiting ? `${waitingRoom}${program}#` : ''}${dueAt}#${id}@${queuedAt}`;
}

/** Behind everything that waits for this program. */
export function afterProgram(program: string): string {
  return `${waitingRoom}${program}#~`;
}

/** The id in a position. */
export function idAt(position: string): string {
  const time = position.startsWith(waitingRoom) ? position.indexOf('#') + 1 : 0;
  return position.slice(position.indexOf('#', time) + 1).split('@')[0] ?? '';
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
/** Interval at which the status of an unconfirmed issuance is requested. */
export const unconfirmedEveryMs = 60 * minute;
