/** Confirm: asks the provider about submitted issuances until they are confirmed, and says when to ask again. */

import pMap from 'p-map';
import { after, clocksApartMs, secondsSince, unconfirmedEveryMs } from '../issuance/due.ts';
import { eventOf } from '../issuance/event.ts';
import { countInVain, type InVainPorts, supersededInVain } from '../issuance/in-vain.ts';
import type { Issuance } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { type Changes, type MovePorts, move } from '../issuance/move.ts';
import type { Programs } from '../issuance/ports.ts';
import type { Standing } from '../issuance/provider.ts';
import { hasTrait, isResting, type RestingStatus } from '../issuance/status.ts';
import { describeUnexpected } from '../issuance/unexpected.ts';
import { HeldPrograms, type Holds } from './holds.ts';
import { keepAlive } from './keep-alive.ts';
import { learned, withReceipt } from './learned.ts';
import { handOverAfterRounds, heldWaitSeconds, waitSeconds } from './poll-schedule.ts';
import type { PollerState } from './poller-state.ts';
import { begunAt, whatStands } from './what-stands.ts';

export interface ConfirmPorts extends MovePorts, Omit<InVainPorts, 'store'> {
  programs: Programs;
  /** How many issuances are asked about at once. */
  concurrency: number;
  /** How long an issuance may stay `submitted`. */
  deadlineMs: number;
  retentionMs: number;
}

export interface PollerRound extends PollerState {
  holds: Holds;
  waitSeconds: number;
  next: 'wait' | 'done' | 'hand-over';
}

/** When the poller began, and what this round has learned so far. */
interface Round {
  startedAt: string;
  holds: HeldPrograms;
  /** The issuances that this poller goes on with. */
  followed: Issuance[];
}

/** How long a provider may not know a job that it has just accepted. */
const missingGraceMs = 10 * 60_000;

/** Asks about each issuance once. A failure of one affects the others only where the provider asks to be left alone. */
export async function confirm(state: PollerState, ports: ConfirmPorts): Promise<PollerRound> {
  const { ids, startedAt } = state;
  const { concurrency, clock } = ports;
  const schedule = waitSeconds(state.round, clock.now().getTime() - Date.parse(startedAt));
  const holds = new HeldPrograms(state.holds, clock);
  const followed: Issuance[] = [];
  const issuances = await ports.store.getMany(ids);
  const one = (issuance: Issuance) => checkSafely(issuance, { startedAt, holds, followed }, ports);
  const open = (await pMap(issuances, one, { concurrency })).filter((id) => id !== undefined);
  const programs = issuances.filter(({ id }) => open.includes(id)).map(({ program }) => program);
  const wait = heldWaitSeconds(schedule, holds.secondsUntilFirst(programs));
  // Only now it is known how long the wait is.
  await pMap(followed, (issuance) => keepAlive(issuance, wait, ports), { concurrency });
  const round = state.round + 1;
  const next = open.length === 0 ? 'done' : round >= handOverAfterRounds ? 'hand-over' : 'wait';
  ports.log.write({ event: 'batch-checked', asked: ids.length, open: open.length, waitSeconds: wait });
  return { ids: open, startedAt, round, holds: holds.left(), waitSeconds: wait, next };
}

/** The id if it should be asked about again: also when something went wrong, which the next round may find mended. */
async function checkSafely(issuance: Issuance, round: Round, ports: ConfirmPorts): Promise<string | undefined> {
  try {
    return await check(issuance, round, ports).catch((error: unknown) => {
      if (!(error instanceof IssuanceError)) throw error;
      const { id, program, acceptedAt, submittedAt = acceptedAt } = issuance;
      round.holds.note(program, error);
      const ageSeconds = secondsSince(submittedAt, ports.clock.now());
      ports.log.write({ event: 'status-check-failed', id, program, code: error.code, ageSeconds });
      return stillOpen(issuance, round, ports);
    });
  } catch (error) {
    ports.log.write(describeUnexpected(error, 'poller'));
    return issuance.id;
  }
}

async function check(issuance: Issuance, round: Round, ports: ConfirmPorts): Promise<string | undefined> {
  const { id, program, holder, receipt, offered, status } = issuance;
  if (!hasTrait(status, 'moves', 'poller')) {
    // Ended by an earlier try of this very round, which may have crashed before publishing.
    if (isResting(status)) await ports.announcer.announce(eventOf(issuance));
    return undefined;
  }
  // Dropped because its time was over or its holder asked for it: no provider can be asked any more.
  if (holder === undefined) return undefined;
  if (receipt === undefined) throw new Error(`${id} is ${status} but has no receipt`);
  if (round.holds.has(program)) return stillOpen(issuance, round, ports);
  const begun = { begunAt: begunAt(issuance) };
  const job = { issuanceId: id, program, holder, receipt, ...begun, ...(offered && { offered }) };
  const standing = await ports.programs.provider(program).check(job);
  return settle(issuance, standing, round, ports);
}

async function settle(
  issuance: Issuance,
  standing: Standing,
  round: Round,
  ports: ConfirmPorts,
): Promise<string | undefined> {
  const now = ports.clock.now();
  switch (standing.state) {
    case 'confirmed': {
      const changes = { assurance: standing.assurance, ...learned(issuance, standing), dueAt: now.toISOString() };
      return leave(issuance, 'confirmed', { ...changes, ...(await whatStands(issuance, standing, ports)) }, ports);
    }
    case 'failed': {
      const superseded = await supersededInVain(issuance, ports);
      const changes = { reason: standing.reason, superseded, ...learned(issuance, standing) };
      return leave(issuance, 'failed', { ...changes, dueAt: after(now, ports.retentionMs) }, ports);
    }
    case 'missing':
      return age(issuance, now) > missingGraceMs
        ? park(issuance, 'provider-lost-track', round, ports)
        : stillOpen(issuance, round, ports);
    case 'unrecognized':
      ports.log.write({ event: 'status-unrecognized', id: issuance.id, program: issuance.program });
      return stillOpen(await withReceipt(issuance, standing, ports), round, ports);
    case 'pending':
      return stillOpen(await withReceipt(issuance, standing, ports), round, ports, standing.overdue);
  }
}

type Overdue = 'not-confirmed-in-time' | 'provider-lost-track' | 'waits-in-inbox';

/** Not ended yet: past the deadline someone is told, before it the poller goes on. */
async function stillOpen(
  issuance: Issuance,
  round: Round,
  ports: ConfirmPorts,
  overdue: Overdue = 'not-confirmed-in-time',
): Promise<string | undefined> {
  const now = ports.clock.now();
  if (issuance.status === 'unconfirmed' || age(issuance, now) > ports.deadlineMs) {
    return park(issuance, overdue, round, ports);
  }
  round.followed.push(issuance);
  return issuance.id;
}

/** Parked issuances leave the poller; the reconciler has them asked about now and then. */
async function park(
  issuance: Issuance,
  code: Overdue,
  { startedAt }: Round,
  ports: ConfirmPorts,
): Promise<string | undefined> {
  if (issuance.status === 'unconfirmed') {
    // Parked since this poller began: by an earlier try of this very round, which may have crashed before publishing.
    if (parkedAt(issuance) > after(new Date(startedAt), -clocksApartMs))
      await ports.announcer.announce(eventOf(issuance));
    return undefined;
  }
  const dueAt = after(ports.clock.now(), unconfirmedEveryMs);
  return leave(issuance, 'unconfirmed', { reason: { code }, dueAt }, ports);
}

/** Another writer may have crashed before publishing: then the next round looks again. */
async function leave(
  issuance: Issuance,
  to: RestingStatus,
  changes: Changes,
  ports: ConfirmPorts,
): Promise<string | undefined> {
  const moved = await move(issuance, to, changes, ports);
  if (moved === undefined) return issuance.id;
  countInVain(moved, ports);
  return undefined;
}

function age(issuance: Issuance, now: Date): number {
  return now.getTime() - Date.parse(issuance.submittedAt ?? issuance.acceptedAt);
}

function parkedAt({ history }: Issuance): string {
  return history.findLast(({ status }) => status === 'unconfirmed')?.at ?? '';
}
