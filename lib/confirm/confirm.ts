/** Confirm: requests the status of submitted issuances until they are confirmed, and returns when to ask again. */
import pMap from 'p-map';
import { after, submittedGraceMs } from '../issuance/due.ts';
import type { Issuance } from '../issuance/issuance.ts';
import type { Clock } from '../issuance/ports.ts';
import type { Asked } from '../issuance/transitions/confirmation.ts';
import { postponed } from '../issuance/transitions/operation.ts';
import { describeUnexpected } from '../issuance/unexpected.ts';
import { type WritePorts, write } from '../issuance/write.ts';
import { type CheckPorts, check } from './check.ts';
import { HeldPrograms, type Holds } from './holds.ts';
import { handOverAfterRounds, heldWaitSeconds, waitSeconds } from './poll-schedule.ts';
import type { NextStep, PollerState } from './poller-state.ts';

export interface ConfirmPorts extends CheckPorts {
  /** Number of concurrent status requests. */
  concurrency: number;
  /** How long after its start an EXPRESS execution may begin a round, so that the round and a hand-over end in time. */
  expressMs: number;
}

export interface PollerRound extends PollerState {
  holds: Holds;
  waitSeconds: number;
  next: NextStep;
}

/** Requests each status once. A failure affects other issuances only if the provider requests a pause. */
export async function confirm(state: PollerState, ports: ConfirmPorts): Promise<PollerRound> {
  const { ids, startedAt } = state;
  const { concurrency, clock } = ports;
  const elapsedMs = () => clock.now().getTime() - Date.parse(startedAt);
  const schedule = waitSeconds(state.round, elapsedMs());
  const holds = new HeldPrograms(state.holds, clock);
  const checkRound = { startedAt, holds, unanswered: new Set<string>() };
  const issuances = inOrderOf(ids, await ports.store.getMany(ids));
  const checked = await pMap(issuances, (issuance) => check(issuance, checkRound, ports), { concurrency });
  const open = issuances.filter((_issuance, index) => checked[index]?.next !== 'leave');
  const wait = heldWaitSeconds(schedule, holds.secondsUntilFirst(open.map(({ program }) => program)));
  // Only now the duration of the wait is known.
  const followed = checked.flatMap((one) => (one.next === 'ask-again' ? one.followed : []));
  await pMap(followed, (issuance) => keepAlive(issuance, wait, ports), { concurrency });
  const round = state.round + 1;
  const isLast = state.express ? elapsedMs() + wait * 1000 > ports.expressMs : round >= handOverAfterRounds;
  const next = open.length === 0 ? 'done' : isLast ? 'hand-over' : 'wait';
  ports.log.write({ event: 'batch-checked', asked: ids.length, open: open.length, waitSeconds: wait });
  // Issuances without an answer come first in the next round.
  const isAnswered = ({ id }: Issuance) => !checkRound.unanswered.has(id);
  const inTurn = open.toSorted((a, b) => Number(isAnswered(a)) - Number(isAnswered(b)));
  const left = { ids: inTurn.map(({ id }) => id), holds: holds.left() };
  return { ...left, startedAt, round, waitSeconds: wait, next, ...(state.express && { express: true }) };
}

/** The store does not preserve the order. */
function inOrderOf(ids: readonly string[], issuances: readonly Issuance[]): Issuance[] {
  return issuances.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** In the fast rounds, the first due time is sufficient without a write. A failure affects no other issuance. */
async function keepAlive(issuance: Asked, waitSeconds: number, ports: WritePorts & { clock: Clock }): Promise<void> {
  const now = ports.clock.now();
  if (issuance.dueAt >= after(now, waitSeconds * 1000 + submittedGraceMs / 3)) return;
  try {
    await write(postponed(issuance, after(now, waitSeconds * 1000 + submittedGraceMs), now), ports);
  } catch (error) {
    ports.log.write(describeUnexpected(error, 'poller'));
  }
}
