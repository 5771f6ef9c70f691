/** The duties of reconcile: one per kind of overdue item, each processed page by page. */
import pMap from 'p-map';
import { after, submittedGraceMs, unconfirmedEveryMs } from '../../issuance/due.ts';
import type { Issuance, IssuanceIn } from '../../issuance/issuance.ts';
import { hasTrait, type Status, type StatusWith, statusesWith } from '../../issuance/status.ts';
import { postponed, type Retained } from '../../issuance/transitions/operation.ts';
import { tellUntold } from '../../issuance/untold.ts';
import { dropOverdue } from '../../issuance/unusable-events.ts';
import { write } from '../../issuance/write.ts';
import { forget } from '../forget.ts';
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
    hasTrait(status, 'stage', 'parked') ? dueIn(status, pollOrForget) : dueIn(status, pollAgain),
  ),
  ...statusesWith('personalData', 'retained')
    .filter((status) => !hasTrait(status, 'moves', 'poller'))
    .map((status) => dueIn(status, forgetAll)),
  { name: 'untold', page: tellUntold },
  { name: 'unusable', page: dropOverdue },
];

/** The duty for the due issuances of a status; returns how many it moved. */
function dueIn<In extends Status>(
  status: In,
  handle: (due: (Issuance & { status: NoInfer<In> })[], ports: DutyPorts) => Promise<number>,
): Duty {
  return {
    name: status,
    async page(position, ports) {
      const dueBefore = ports.clock.now().toISOString();
      const query = { status, dueBefore, limit: pageSize, ...(position !== undefined && { after: position }) };
      const { issuances, next } = await ports.store.list(query);
      // The index may still show an old due time.
      const due = issuances.filter(({ dueAt }) => dueAt < dueBefore);
      const moved = due.length > 0 ? await handle(due, ports) : 0;
      return { found: due.length, moved, ...(next !== undefined && { next }) };
    },
  };
}

/**
 * Sends their messages again. The due time is postponed first, and further each time: the message may still be on the queue,
 * waiting for its slot, and its copies must not accumulate.
 */
async function sendAgain(due: IssuanceIn<StatusWith<'moves', 'worker'>>[], ports: DutyPorts): Promise<number> {
  const sent = await pMap(
    due,
    async (issuance) => {
      const now = ports.clock.now();
      const wait = Math.max(5 * 60_000, now.getTime() - Date.parse(issuance.queuedAt));
      if ((await write(postponed(issuance, after(now, wait), now), ports)) === undefined) return 0;
      await ports.queue.send(issuance.id);
      return 1;
    },
    { concurrency: sendsAtOnce },
  );
  return sent.filter((count) => count === 1).length;
}

type Polled = IssuanceIn<StatusWith<'moves', 'poller'>>;

/** Starts a poller for issuances that no poller seems to poll. */
function pollAgain(due: Polled[], ports: DutyPorts): Promise<number> {
  return startPoller(due, submittedGraceMs, ports);
}

async function startPoller(due: Polled[], graceMs: number, ports: DutyPorts): Promise<number> {
  const now = ports.clock.now();
  const dueAt = after(now, graceMs);
  const moved = await Promise.all(due.map((issuance) => write(postponed(issuance, dueAt, now), ports)));
  const ids = moved.filter((issuance) => issuance !== undefined).map(({ id }) => id);
  if (ids.length > 0) await ports.pollers.start(ids);
  return ids.length;
}

/** Requests their status periodically, until holder and claims, which a request needs, must be deleted. */
async function pollOrForget(due: IssuanceIn<'unconfirmed'>[], ports: DutyPorts): Promise<number> {
  const { retentionMs, clock } = ports;
  const isOver = ({ submittedAt }: Polled) => clock.now().getTime() - Date.parse(submittedAt) > retentionMs;
  const asked = due.filter((issuance) => !isOver(issuance));
  const moved = asked.length > 0 ? await startPoller(asked, unconfirmedEveryMs, ports) : 0;
  return moved + (await forgetAll(due.filter(isOver), ports));
}

/** Issuances that no operator has retried in time. */
async function forgetAll(due: Retained[], ports: DutyPorts): Promise<number> {
  const moved = await Promise.all(due.map((issuance) => forget(issuance, ports)));
  return moved.filter((issuance) => issuance !== undefined).length;
}
