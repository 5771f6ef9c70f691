/** The changes that every write of a record makes: sequence, times, history, and the removal of what must not be kept. */
import type { ErrorCode } from '../error-codes.ts';
import type {
  Common,
  HistoryEntry,
  Issuance,
  IssuanceIn,
  PersonalData,
  PersonalDataBy,
  ToLookUp,
} from '../issuance.ts';
import { hasTrait, isResting, type lifeCycle, type Status, type StatusWith } from '../status.ts';

/** The next record of an issuance in another status, not written yet. */
export interface Moved<Next extends Issuance> {
  record: Next;
  moved: true;
}

/** The next record of an issuance in the same status, not written yet. */
export interface Stayed<Next extends Issuance> {
  record: Next;
  moved: false;
}

export type Step<Next extends Issuance> = Moved<Next> | Stayed<Next>;

type LifeCycle = typeof lifeCycle;

/** An issuance in this status, unless its holder still has to be looked up. */
export type LookedUp<In extends Status> = Exclude<IssuanceIn<In>, ToLookUp>;

/** The statuses that may precede this status. */
export type Before<To extends Status> = {
  [From in Status]: To extends keyof LifeCycle[From]['next'] ? From : never;
}[Status];

/** The fields that a record needs for a status. */
interface PersonalSource {
  needed: PersonalData;
  retained: PersonalDataBy['retained'];
  dropped: unknown;
}

/**
 * The fields that an issuance keeps in another status: all except those of its old status, and personal data only if the
 * table keeps it. A status that may not follow does not compile.
 */
export function enter<
  To extends StatusWith<'beforeLookup', true>,
  From extends Issuance & { status: Before<To> } & (PersonalData | ToLookUp),
>(
  from: From,
  to: To,
  now: Date,
  code?: ErrorCode,
): Common & { status: To } & (From extends ToLookUp ? ToLookUp : PersonalData);
export function enter<To extends Status>(
  from: Issuance & { status: Before<To> } & PersonalSource[LifeCycle[To]['personalData']],
  to: To,
  now: Date,
  code?: ErrorCode,
): Common & { status: To } & PersonalDataBy[LifeCycle[To]['personalData']];
export function enter(from: Issuance, to: Status, now: Date, code?: ErrorCode): unknown {
  const { waiting: _waiting, reason: _reason, restedSequence: _rested, ...left } = from;
  const { assurance: _assurance, replaced: _replaced, superseded: _superseded, ...named } = left;
  const { holder: _holder, claims: _claims, progress: _progress, lookup: _lookup, ...nameless } = named;
  const at = now.toISOString();
  const marks = { sequence: from.sequence + 1, updatedAt: at, history: withEntry(from.history, at, to, code) };
  return { ...(hasTrait(to, 'personalData', 'dropped') ? nameless : named), ...marks, status: to };
}

/** The record with its changes, as the next write in the same status. */
export function stay<Next extends Issuance>(record: Next, now: Date): Stayed<Next> {
  const { sequence, restedSequence = sequence, status } = record;
  const rested = isResting(status) && { restedSequence };
  return { record: { ...record, ...rested, sequence: sequence + 1, updatedAt: now.toISOString() }, moved: false };
}

/** The first entry and the latest nineteen, so that a record stays small after many retries. */
function withEntry(history: readonly HistoryEntry[], at: string, status: Status, code?: ErrorCode): HistoryEntry[] {
  const all = [...history, { at, status, ...(code && { code }) }];
  return all.length <= 20 ? all : [...all.slice(0, 1), ...all.slice(-19)];
}
