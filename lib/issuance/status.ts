/** The life cycle of an issuance: one table of transitions, from which every store condition is derived. */

/** Which statuses may follow which. An empty list is an end that never regresses. */
export const transitions = {
  queued: ['submitting', 'superseded', 'failed'],
  submitting: ['submitted', 'queued', 'failed', 'uncertain'],
  submitted: ['confirmed', 'failed', 'unconfirmed'],
  unconfirmed: ['confirmed', 'failed'],
  uncertain: ['queued', 'failed'],
  confirmed: [],
  failed: ['queued'],
  superseded: ['queued'],
} as const satisfies Record<string, readonly string[]>;

/** Where an issuance stands. */
export type Status = keyof typeof transitions;

export const statuses = Object.keys(transitions) as readonly Status[];

/** Whether `to` may follow `from`. */
export function mayFollow(from: Status, to: Status): boolean {
  return (transitions[from] as readonly Status[]).includes(to);
}

/**
 * The statuses a record may have for a write of `to` to be allowed. Writing a record again without moving it (a new
 * attempt, a later due time) is allowed as long as its status is not an end.
 */
export function allowedBefore(to: Status): readonly Status[] {
  return statuses.filter((from) => mayFollow(from, to) || (from === to && transitions[from].length > 0));
}

/** Statuses at which an issuance rests: ended, or parked until someone or something moves it on. */
const resting = {
  confirmed: true,
  failed: true,
  superseded: true,
  unconfirmed: true,
  uncertain: true,
} as const satisfies Partial<Record<Status, true>>;

export type RestingStatus = keyof typeof resting;

/** Whether the world is told when an issuance reaches this status. */
export function isResting(status: Status): status is RestingStatus {
  return status in resting;
}

/** Whether of an issuance in this status there is a credential, or may be one. */
export function mayStand(status: Status): boolean {
  return status !== 'queued' && status !== 'failed' && status !== 'superseded';
}

/** Whether an issuance in this status keeps its slot to itself: a credential of it may be under way at the provider. */
export function occupiesSlot(status: Status): boolean {
  return status === 'submitting' || status === 'submitted';
}
