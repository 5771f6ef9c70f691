/** The duty that releases issuances from the waiting room: in order, at a limited rate, program by program. */
import pMap from 'p-map';
import { after, afterProgram, queuedGraceMs, waitingRoom } from '../../issuance/due.ts';
import type { IssuanceIn } from '../../issuance/issuance.ts';
import { maxMessages } from '../../issuance/retry-delay.ts';
import type { StatusWith } from '../../issuance/status.ts';
import { postponed } from '../../issuance/transitions/operation.ts';
import { write } from '../../issuance/write.ts';
import type { Duty, DutyPage, DutyPorts } from './duty.ts';

type Waiting = IssuanceIn<StatusWith<'moves', 'worker'>>;

/** Records per page. */
const pageSize = 100;
const sendsAtOnce = 10;
/** The delays are spread over the time until the next run. */
const spreadSeconds = 300;
/** Messages for issuances that may be the probe; one of them is admitted. */
const candidates = 3;

/** The duty for issuances that wait in this status. */
export function waitingIn(status: Waiting['status']): Duty {
  return {
    name: `waiting ${status}`,
    async page(position = `0|${waitingRoom}`, ports) {
      const [sent = '0', place = waitingRoom] = position.split('|');
      const query = { status, limit: pageSize, after: place };
      const { issuances, next } = await ports.store.list(query);
      const program = issuances[0]?.program;
      const own = issuances.filter((issuance) => issuance.waiting && issuance.program === program);
      if (program === undefined || own.length === 0) return { found: 0, moved: 0, ...going(next) };
      return pageOf(own, { program, sent: Number(sent), next, whole: own.length === issuances.length }, ports);
    },
  };
}

interface Place {
  program: string;
  /** Messages sent for this program in this run. */
  sent: number;
  next: string | undefined;
  /** Whether the page contains only this program. */
  whole: boolean;
}

async function pageOf(own: Waiting[], { program, sent, next, whole }: Place, ports: DutyPorts): Promise<DutyPage> {
  const now = ports.clock.now();
  const circuit = await ports.circuitStates.of(program);
  const isOpen = circuit !== 'closed';
  const due = own.filter(({ dueAt }) => dueAt <= now.toISOString());
  const overdue = due.filter(({ queuedAt }) => now.getTime() - Date.parse(queuedAt) > ports.retryMs);
  const chosen = isOpen ? overdue : due;
  if (circuit === 'probe-due') await tryOut(due.slice(0, candidates), ports);
  const moved = await letOut(chosen, sent, ports);
  const isOver =
    !whole ||
    next === undefined ||
    chosen.length < own.length ||
    sent + own.length >= ports.releasesPerSecond(program) * spreadSeconds;
  const following = isOver ? going(afterProgram(program)) : going(next, sent + own.length);
  return { found: chosen.length, moved, ...following };
}

function going(place: string | undefined, sent = 0): { next?: string } {
  return place === undefined ? {} : { next: `${sent}|${place}` };
}

/** Their records stay unchanged: all but one will find the circuit breaker open. */
async function tryOut(due: Waiting[], ports: DutyPorts): Promise<void> {
  await Promise.all(due.map(({ id }) => ports.queue.send(id)));
}

async function letOut(due: Waiting[], sent: number, ports: DutyPorts): Promise<number> {
  const moved = await pMap(
    due,
    async (issuance, index) => {
      const delay = Math.floor((sent + index) / ports.releasesPerSecond(issuance.program));
      const now = ports.clock.now();
      const dueAt = after(now, delay * 1000 + queuedGraceMs);
      if ((await write(postponed(issuance, dueAt, now), ports)) === undefined) return 0;
      // It is tried once; if it must wait again, it returns here.
      await ports.queue.send(issuance.id, delay, maxMessages);
      return 1;
    },
    { concurrency: sendsAtOnce },
  );
  return moved.filter((count) => count === 1).length;
}
