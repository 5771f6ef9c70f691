/** One status request for one issuance. A failure affects no other issuance, and the next round tries again. */
import { secondsSince } from '../issuance/due.ts';
import { eventOf } from '../issuance/event.ts';
import { type Issuance, isIn } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { Programs } from '../issuance/program.ts';
import type { Asked } from '../issuance/transitions/confirmation.ts';
import { describeUnexpected } from '../issuance/unexpected.ts';
import type { HeldPrograms } from './holds.ts';
import { begunAt, type Checked, leave, readAgain, type SettlePorts, settle, stillOpen } from './settle.ts';

export interface CheckPorts extends SettlePorts {
  programs: Programs;
}

/** When the poller began, and the programs that are held in this round. */
export interface Round {
  startedAt: string;
  holds: HeldPrograms;
  /** Ids of the issuances without an answer because their program is held. */
  unanswered: Set<string>;
}

/** Requests its status, unless its program is held. */
export async function check(issuance: Issuance, round: Round, ports: CheckPorts): Promise<Checked> {
  try {
    if (!isIn(issuance, 'moves', 'poller')) {
      // Ended by an earlier attempt of this round, which may have crashed before publishing.
      if (isIn(issuance, 'stage', 'parked', 'ended')) await ports.announcer.announce(eventOf(issuance));
      return leave;
    }
    // Holder and claims were deleted after the retention or by an erasure: the status can no longer be requested.
    if (issuance.holder === undefined) return leave;
    return await askSafely(issuance, round, ports);
  } catch (error) {
    ports.log.write(describeUnexpected(error, 'poller'));
    return readAgain;
  }
}

async function askSafely(issuance: Asked, round: Round, ports: CheckPorts): Promise<Checked> {
  try {
    return await ask(issuance, round, ports);
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error;
    const { id, program, submittedAt } = issuance;
    // The account's own limit delays many issuances at once, for one reason.
    const isKnown = error.code === 'calls-limited' && round.holds.has(program);
    round.holds.note(program, error);
    if (round.holds.has(program)) round.unanswered.add(id);
    const ageSeconds = secondsSince(submittedAt, ports.clock.now());
    if (!isKnown) ports.log.write({ event: 'status-check-failed', id, program, code: error.code, ageSeconds });
    return stillOpen(issuance, round, ports);
  }
}

async function ask(issuance: Asked, round: Round, ports: CheckPorts): Promise<Checked> {
  const { id, program, holder, receipt, offered } = issuance;
  if (round.holds.has(program)) {
    round.unanswered.add(id);
    return stillOpen(issuance, round, ports);
  }
  const begun = { begunAt: begunAt(issuance) };
  const job = { issuanceId: id, program, holder, receipt, ...begun, ...(offered && { offered }) };
  const standing = await ports.programs.provider(program).check(job);
  return settle(issuance, standing, round, ports);
}
