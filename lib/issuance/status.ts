/** The life cycle of an issuance: one table with every trait of a status. Whatever depends on a status reads it here. */

export interface Traits {
  /** The statuses that may follow, and their causes. Empty: an end that never changes. */
  next: Readonly<Record<string, string>>;
  /** `parked`: it waits for a person or the provider, and can still change. An event is published for `parked` and `ended`. */
  stage: 'under-way' | 'parked' | 'ended';
  /** The part that moves it automatically. */
  moves?: 'worker' | 'poller';
  /** The issuance has, or may have, a credential. */
  mayStand: boolean;
  /** It occupies its slot: its credential may be pending at the provider. */
  occupiesSlot: boolean;
  /** `needed` to continue; `retained` for a time and then deleted; `dropped` (deleted) by the write that reaches the status. */
  personalData: 'needed' | 'retained' | 'dropped';
  /** Its holder may still have to be looked up in the directory of its source. */
  beforeLookup?: true;
  /** Whether an operator may retry it: by its id only, or also together with all issuances with the same reason. */
  retry?: 'by-id' | 'in-bulk';
  /** The meaning for the caller who requested the issuance, and what the caller does. */
  meaning: string;
  caller: string;
  /** Its color on a terminal. */
  color: 'cyan' | 'green' | 'yellow' | 'red' | 'magenta';
  /** The description of the alarm, for an issuance that stays under way for too long or is parked. */
  alarm?: string;
}

export const lifeCycle = {
  queued: {
    next: {
      submitting: 'a worker holds the lease',
      superseded: 'a newer event for the slot',
      failed: 'retries exhausted, no such holder, or its holder is erased',
    },
    stage: 'under-way',
    moves: 'worker',
    mayStand: false,
    occupiesSlot: false,
    personalData: 'needed',
    beforeLookup: true,
    meaning: 'accepted and stored; waits for a worker, or for the next attempt (then with a `reason`)',
    caller: 'waits',
    color: 'cyan',
    alarm: 'An accepted issuance has waited for seven minutes without being submitted',
  },
  submitting: {
    next: {
      submitted: 'the provider has accepted it',
      queued: 'tried again later',
      failed: 'refused, or retries exhausted',
      uncertain: 'the outcome cannot be determined',
    },
    stage: 'under-way',
    moves: 'worker',
    mayStand: true,
    occupiesSlot: true,
    personalData: 'needed',
    meaning: 'a worker may be calling the provider',
    caller: 'waits',
    color: 'cyan',
    alarm: 'The outcome of a call to the provider has been unknown for seven minutes',
  },
  submitted: {
    next: {
      confirmed: 'the provider confirms it',
      failed: 'the provider reports that it failed',
      unconfirmed: 'not confirmed by the deadline',
    },
    stage: 'under-way',
    moves: 'poller',
    mayStand: true,
    occupiesSlot: true,
    personalData: 'needed',
    meaning: 'the provider has accepted it, and its receipt is stored',
    caller: 'waits',
    color: 'cyan',
    alarm: 'A submitted issuance is not polled',
  },
  unconfirmed: {
    next: { confirmed: 'confirmed late', failed: 'failed late' },
    stage: 'parked',
    moves: 'poller',
    mayStand: true,
    occupiesSlot: false,
    personalData: 'retained',
    meaning: 'not confirmed by the deadline; still checked periodically; operators are alerted',
    caller: 'waits; does not request it again',
    color: 'magenta',
    alarm: 'A provider has not confirmed a credential in time',
  },
  uncertain: {
    next: { queued: "an operator's retry", failed: 'known not to be issued' },
    stage: 'parked',
    mayStand: true,
    occupiesSlot: false,
    personalData: 'retained',
    retry: 'in-bulk',
    meaning: 'it is not known whether the provider issued it; operators are alerted',
    caller: 'waits for an operator',
    color: 'magenta',
    alarm: 'It is not known whether a credential was issued; a person has to decide',
  },
  confirmed: {
    next: {},
    stage: 'ended',
    mayStand: true,
    occupiesSlot: false,
    personalData: 'dropped',
    meaning: 'the provider has confirmed it; `assurance` says how much that proves',
    caller: 'nothing',
    color: 'green',
  },
  failed: {
    next: { queued: "an operator's retry" },
    stage: 'ended',
    mayStand: false,
    occupiesSlot: false,
    personalData: 'retained',
    beforeLookup: true,
    retry: 'in-bulk',
    meaning: 'not issued; `reason` says why',
    caller: 'acts on `reason.advice`',
    color: 'red',
  },
  superseded: {
    next: { queued: "an operator's retry, if the newer issuance failed" },
    stage: 'ended',
    mayStand: false,
    occupiesSlot: false,
    personalData: 'retained',
    retry: 'by-id',
    meaning: 'not issued, because a newer event for the same holder and program took precedence',
    caller: 'nothing, unless the newer event fails',
    color: 'yellow',
  },
} as const satisfies Record<string, Traits>;

/** The status of an issuance. */
export type Status = keyof typeof lifeCycle;

/** The statuses with one of these values of a trait. */
export type StatusWith<Trait extends keyof Traits, Value extends Traits[Trait]> = {
  [Each in Status]: (typeof lifeCycle)[Each] extends Record<Trait, Value> ? Each : never;
}[Status];

/** Statuses at which an issuance rests: ended or parked. */
export type RestingStatus = StatusWith<'stage', 'parked' | 'ended'>;

/** In the order of the life cycle. */
export const statuses = Object.keys(lifeCycle) as readonly Status[];

/** Whether a status has one of these values of a trait. */
export function hasTrait<Trait extends keyof Traits, const Value extends Traits[Trait]>(
  status: Status,
  trait: Trait,
  ...values: Value[]
): status is StatusWith<Trait, Value> {
  const traits: Traits = lifeCycle[status];
  return values.some((value) => value === traits[trait]);
}

/** The statuses with one of these values of a trait, in the order of the table. */
export function statusesWith<Trait extends keyof Traits, const Value extends Traits[Trait]>(
  trait: Trait,
  ...values: Value[]
): StatusWith<Trait, Value>[] {
  return statuses.filter((status) => hasTrait(status, trait, ...values));
}

/** Whether `to` may follow `from`. */
export function mayFollow(from: Status, to: Status): boolean {
  return to in lifeCycle[from].next;
}

/** Whether nothing may follow. */
export function isFinal(status: Status): boolean {
  return !statuses.some((to) => mayFollow(status, to));
}

/**
 * The statuses a record may have for a write of `to` to be allowed. Writing a record again without moving it (a new
 * attempt, a later due time) is allowed as long as its status is not final.
 */
export function allowedBefore(to: Status): readonly Status[] {
  return statuses.filter((from) => mayFollow(from, to) || (from === to && !isFinal(from)));
}

/** Whether an event is published when an issuance reaches this status. */
export function isResting(status: Status): status is RestingStatus {
  return hasTrait(status, 'stage', 'parked', 'ended');
}

/** Whether an issuance in this status has, or may have, a credential. */
export function mayStand(status: Status): boolean {
  return lifeCycle[status].mayStand;
}

/** Whether an issuance in this status occupies its slot. */
export function occupiesSlot(status: Status): boolean {
  return lifeCycle[status].occupiesSlot;
}
