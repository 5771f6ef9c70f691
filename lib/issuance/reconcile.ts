/** Reconcile: picks up whatever fell between two parts, and drops personal data whose time is over. */
import { after, never, submittedGraceMs, unconfirmedEveryMs } from './due.ts';
import type { Issuance } from './issuance.ts';
import { rewrite } from './move.ts';
import type { Clock, IssuanceQueue, IssuanceStore, ListPage, Log, PollerStarter } from './ports.ts';
import type { Status } from './status.ts';
import { describeUnexpected } from './unexpected.ts';

export interface ReconcilePorts {
  store: IssuanceStore;
  clock: Clock;
  log: Log;
  queue: IssuanceQueue;
  pollers: PollerStarter;
  /** How long after it was submitted an unconfirmed issuance keeps holder and claims; without it, for ever. */
  retentionMs?: number;
}

/** Issuances per page, and per poller execution. */
const pageSize = 100;

/** What is done with the due issuances of a status. Absent statuses are never due. */
const duties: Partial<Record<Status, (due: Issuance[], ports: ReconcilePorts) => Promise<number>>> = {
  queued: sendAgain,
  submitting: sendAgain,
  submitted: (due, ports) => pollAgain(due, submittedGraceMs, ports),
  unconfirmed: pollOrForget,
  failed: forget,
  uncertain: forget,
};

/**
 * One pass over everything that is due, stopped at `until` so that a function's time-out does not cut it. Trouble with
 * one status does not keep the others waiting; it is thrown when all have had their turn.
 */
export async function reconcile(until: Date, ports: ReconcilePorts): Promise<void> {
  const troubles: unknown[] = [];
  for (const status of Object.keys(duties) as Status[]) {
    try {
      await reconcileStatus(status, until, ports);
    } catch (error) {
      ports.log.write(describeUnexpected(error, `reconcile: ${status}`));
      troubles.push(error);
    }
  }
  if (troubles.length > 0) throw new AggregateError(troubles, 'Some statuses could not be reconciled');
}

async function reconcileStatus(status: Status, until: Date, ports: ReconcilePorts): Promise<void> {
  let page: ListPage | undefined;
  do {
    const dueBefore = ports.clock.now().toISOString();
    page = await ports.store.list({ status, dueBefore, limit: pageSize, ...(page?.next && { after: page.next }) });
    // The index may still show a due time that has moved on.
    const due = page.issuances.filter(({ dueAt }) => dueAt < dueBefore);
    if (due.length > 0) {
      const moved = (await duties[status]?.(due, ports)) ?? 0;
      ports.log.write({ event: 'reconciled', status, found: due.length, moved });
    }
  } while (page.next !== undefined && ports.clock.now() < until);
}

/**
 * Sends their messages again. The due time moves on first, and further each time: the message may be on the queue
 * after all, waiting for its slot, and copies of it must not pile up.
 */
async function sendAgain(due: Issuance[], ports: ReconcilePorts): Promise<number> {
  let moved = 0;
  for (const issuance of due) {
    const now = ports.clock.now();
    const wait = Math.max(5 * 60_000, now.getTime() - Date.parse(issuance.queuedAt));
    if ((await rewrite(issuance, { dueAt: after(now, wait) }, ports)) === undefined) continue;
    await ports.queue.send(issuance.id);
    moved += 1;
  }
  return moved;
}

/** Starts a poller for those whose poller seems to be gone. */
async function pollAgain(due: Issuance[], graceMs: number, ports: ReconcilePorts): Promise<number> {
  const dueAt = after(ports.clock.now(), graceMs);
  const moved = await Promise.all(due.map((issuance) => rewrite(issuance, { dueAt }, ports)));
  const ids = moved.filter((issuance) => issuance !== undefined).map(({ id }) => id);
  if (ids.length > 0) await ports.pollers.start(ids);
  return ids.length;
}

/** Asks about them now and then, until holder and claims, without which no provider can be asked, have to go. */
async function pollOrForget(due: Issuance[], ports: ReconcilePorts): Promise<number> {
  const { retentionMs = Number.POSITIVE_INFINITY, clock } = ports;
  const isOver = ({ submittedAt, acceptedAt }: Issuance) =>
    clock.now().getTime() - Date.parse(submittedAt ?? acceptedAt) > retentionMs;
  const asked = due.filter((issuance) => !isOver(issuance));
  const moved = asked.length > 0 ? await pollAgain(asked, unconfirmedEveryMs, ports) : 0;
  return moved + (await forget(due.filter(isOver), ports));
}

/** Drops holder and claims of those that no operator has retried in time. The record stays: it stops late replays. */
async function forget(due: Issuance[], ports: ReconcilePorts): Promise<number> {
  const dropped = { dueAt: never, holder: undefined, claims: undefined, progress: undefined };
  const moved = await Promise.all(due.map((issuance) => rewrite(issuance, dropped, ports)));
  for (const issuance of moved) if (issuance) ports.log.write({ event: 'personal-data-dropped', id: issuance.id });
  return moved.filter((issuance) => issuance !== undefined).length;
}
