/** What reconcile does: one duty per kind of thing that may have been left lying, each worked on page by page. */
import pMap from 'p-map';
import { after, never, submittedGraceMs, unconfirmedEveryMs } from '../../issuance/due.ts';
import type { Issuance } from '../../issuance/issuance.ts';
import { rewrite } from '../../issuance/move.ts';
import { hasTrait, type Status, statusesWith } from '../../issuance/status.ts';
import { tellUntold } from '../../issuance/untold.ts';
import type { Duty, DutyPorts } from './duty.ts';
import { waitingIn } from './waiting-room.ts';

/** Issuances per page, and per poller execution. */
const pageSize = 100;
const sendsAtOnce = 10;

/** In this order; each has its share of a run's time. */
export const duties: readonly Duty[] = [
  ...statusesWith('moves', 'worker').map((status) => dueIn(status, sendAgain)),
  ...statusesWith('moves', 'worker').map(waitingIn),
  ...statusesWith('moves', 'poller').map((status) =>
    dueIn(status, hasTrait(status, 'stage', 'parked') ? pollOrForget : pollAgain),
  ),
  ...statusesWith('personalData', 'retained')
    .filter((status) => !hasTrait(status, 'moves', 'poller'))
    .map((status) => dueIn(status, forget)),
  { name: 'untold', page: tellUntold },
];

/** The duty to do something with the due issuances of a status; gives how many it moved on. */
function dueIn(status: Status, handle: (due: Issuance[], ports: DutyPorts) => Promise<number>): Duty {
  return {
    name: status,
    async page(position, ports) {
      const dueBefore = ports.clock.now().toISOString();
      const query = { status, dueBefore, limit: pageSize, ...(position !== undefined && { after: position }) };
      const { issuances, next } = await ports.store.list(query);
      // The index may still show a due time that has moved on.
      const due = issuances.filter(({ dueAt }) => dueAt < dueBefore);
      const moved = due.length > 0 ? await handle(due, ports) : 0;
      return { found: due.length, moved, ...(next !== undefined && { next }) };
    },
  };
}

/**
 * Sends their messages again. The due time moves on first, and further each time: the message may be on the queue
 * after all, waiting for its slot, and copies of it must not pile up.
 */
async function sendAgain(due: Issuance[], ports: DutyPorts): Promise<number> {
  const sent = await pMap(
    due,
    async (issuance) => {
      const now = ports.clock.now();
      const wait = Math.max(5 * 60_000, now.getTime() - Date.parse(issuance.queuedAt));
      if ((await rewrite(issuance, { dueAt: after(now, wait) }, ports)) === undefined) return 0;
      await ports.queue.send(issuance.id);
      return 1;
    },
    { concurrency: sendsAtOnce },
  );
  return sent.filter((count) => count === 1).length;
}

/** Starts a poller for those whose poller seems to be gone. */
function pollAgain(due: Issuance[], ports: DutyPorts): Promise<number> {
  return startPoller(due, submittedGraceMs, ports);
}

async function startPoller(due: Issuance[], graceMs: number, ports: DutyPorts): Promise<number> {
  const dueAt = after(ports.clock.now(), graceMs);
  const moved = await Promise.all(due.map((issuance) => rewrite(issuance, { dueAt }, ports)));
  const ids = moved.filter((issuance) => issuance !== undefined).map(({ id }) => id);
  if (ids.length > 0) await ports.pollers.start(ids);
  return ids.length;
}

/** Asks about them now and then, until holder and claims, without which no provider can be asked, have to go. */
async function pollOrForget(due: Issuance[], ports: DutyPorts): Promise<number> {
  const { retentionMs, clock } = ports;
  const isOver = ({ submittedAt, acceptedAt }: Issuance) =>
    clock.now().getTime() - Date.parse(submittedAt ?? acceptedAt) > retentionMs;
  const asked = due.filter((issuance) => !isOver(issuance));
  const moved = asked.length > 0 ? await startPoller(asked, unconfirmedEveryMs, ports) : 0;
  return moved + (await forget(due.filter(isOver), ports));
}

/** Drops holder and claims of those that no operator has retried in time. The record stays: it stops late replays. */
async function forget(due: Issuance[], ports: DutyPorts): Promise<number> {
  const dropped = { dueAt: never, holder: undefined, claims: undefined, progress: undefined };
  const moved = await Promise.all(due.map((issuance) => rewrite(issuance, dropped, ports)));
  for (const issuance of moved) if (issuance) ports.log.write({ event: 'personal-data-dropped', id: issuance.id });
  return moved.filter((issuance) => issuance !== undefined).length;
}
