/** Moves an issuance to its next status: one conditional write, then the log, then the event. */

import type { Announcer } from './event.ts';
import { eventOf } from './event.ts';
import type { HistoryEntry, Issuance } from './issuance.ts';
import type { IssuanceStore } from './issuance-store.ts';
import type { Log } from './log-events.ts';
import type { Clock } from './ports.ts';
import { hasTrait, isResting, mayFollow, type Status } from './status.ts';

export interface QuietMovePorts {
  store: IssuanceStore;
  clock: Clock;
  log: Log;
}

export interface MovePorts extends QuietMovePorts {
  announcer: Announcer;
}

/** What may change with a move; `undefined` removes. */
export interface Changes {
  dueAt: string;
  /** Gone with the next write. */
  waiting?: true;
  /** Kept while the status stays, gone when it changes and no new one is given. */
  reason?: Issuance['reason'];
  receipt?: Issuance['receipt'];
  knownAs?: string;
  assurance?: Issuance['assurance'];
  attempt?: Issuance['attempt'] | undefined;
  progress?: Issuance['progress'] | undefined;
  submittedAt?: string;
  offered?: Issuance['offered'] | undefined;
  existing?: true | undefined;
  replaced?: true;
  queuedAt?: string;
  follows?: string | undefined;
  passes?: string;
  superseded?: number | undefined;
  holder?: undefined;
  claims?: undefined;
}

/**
 * The issuance after the move, or undefined when someone else wrote it first.
 * Throws when the life cycle has no such transition: that is a mistake of ours.
 */
export async function move(
  issuance: Issuance,
  to: Status,
  changes: Changes,
  ports: MovePorts,
): Promise<Issuance | undefined> {
  const next = await moveQuietly(issuance, to, changes, ports);
  if (next !== undefined && isResting(to)) await ports.announcer.announce(eventOf(next));
  return next;
}

/** Moves an issuance back to the queue, which is not published; undefined when someone else wrote it first. */
export function requeue(issuance: Issuance, changes: Changes, ports: QuietMovePorts): Promise<Issuance | undefined> {
  return moveQuietly(issuance, 'queued', changes, ports);
}

async function moveQuietly(
  issuance: Issuance,
  to: Status,
  changes: Changes,
  ports: QuietMovePorts,
): Promise<Issuance | undefined> {
  if (!mayFollow(issuance.status, to)) throw new Error(`An issuance cannot go from ${issuance.status} to ${to}`);
  const next = successor(issuance, to, changes, ports.clock.now());
  if (!(await ports.store.replace(next))) return undefined;
  const code = next.reason?.code;
  ports.log.write({ event: 'issuance-moved', id: next.id, program: next.program, status: to, ...(code && { code }) });
  return next;
}

/** Writes an issuance again without moving it; undefined when someone else wrote it first. */
export async function rewrite(
  issuance: Issuance,
  changes: Changes,
  ports: Pick<QuietMovePorts, 'store' | 'clock'>,
): Promise<Issuance | undefined> {
  const next = successor(issuance, issuance.status, changes, ports.clock.now());
  return (await ports.store.replace(next)) ? next : undefined;
}

function successor(issuance: Issuance, to: Status, changes: Changes, now: Date): Issuance {
  const at = now.toISOString();
  const reason = to === issuance.status ? issuance.reason : undefined;
  const next: Record<string, unknown> = { ...issuance, waiting: undefined, reason, ...changes };
  next['sequence'] = issuance.sequence + 1;
  next['status'] = to;
  next['updatedAt'] = at;
  const rested = to === issuance.status && isResting(to);
  next['restedSequence'] = rested ? (issuance.restedSequence ?? issuance.sequence) : undefined;
  if (to !== issuance.status) next['history'] = withEntry(issuance.history, at, to, changes);
  if (hasTrait(to, 'personalData', 'dropped')) for (const name of ['holder', 'claims', 'progress']) delete next[name];
  for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name];
  return next as unknown as Issuance;
}

/** The first entry and the latest nineteen: a record must stay small however often it is retried. */
function withEntry(history: readonly HistoryEntry[], at: string, status: Status, changes: Changes): HistoryEntry[] {
  const entry = { at, status, ...(changes.reason && { code: changes.reason.code }) };
  const all = [...history, entry];
  return all.length <= 20 ? all : [...all.slice(0, 1), ...all.slice(-19)];
}
