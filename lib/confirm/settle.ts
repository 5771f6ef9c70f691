/** What a provider's answer means for an issuance: confirmed, failed, parked, or still open. */
import { after } from '../issuance/due.ts';
import { countInVain, type InVainPorts, supersededInVain } from '../issuance/in-vain.ts';
import type { Issuance } from '../issuance/issuance.ts';
import { type Changes, type MovePorts, move } from '../issuance/move.ts';
import type { Standing } from '../issuance/provider.ts';
import type { RestingStatus } from '../issuance/status.ts';
import { type Checked, leave, readAgain } from './checked.ts';
import { learned, withReceipt } from './learned.ts';
import { type Overdue, park } from './park.ts';
import { whatStands } from './what-stands.ts';

export interface SettlePorts extends MovePorts, Omit<InVainPorts, 'store'> {
  /** How long an issuance may stay `submitted`. */
  deadlineMs: number;
  retentionMs: number;
}

/** How long a provider may not know a job that it has just accepted. */
const missingGraceMs = 10 * 60_000;

export async function settle(
  issuance: Issuance,
  standing: Standing,
  round: { startedAt: string },
  ports: SettlePorts,
): Promise<Checked> {
  const now = ports.clock.now();
  switch (standing.state) {
    case 'confirmed': {
      if (mayBeReplaced(issuance, now)) return stillOpen(issuance, round, ports);
      const changes = { assurance: standing.assurance, ...learned(issuance, standing), dueAt: now.toISOString() };
      return end(issuance, 'confirmed', { ...changes, ...(await whatStands(issuance, standing, ports)) }, ports);
    }
    case 'failed': {
      const superseded = await supersededInVain(issuance, ports);
      const changes = { reason: standing.reason, superseded, ...learned(issuance, standing) };
      return end(issuance, 'failed', { ...changes, dueAt: after(now, ports.retentionMs) }, ports);
    }
    case 'revoked':
      return park(issuance, 'credential-revoked', round, ports);
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

/** Not ended yet: past the deadline someone is told, before it the poller goes on. */
export async function stillOpen(
  issuance: Issuance,
  round: { startedAt: string },
  ports: Pick<SettlePorts, 'deadlineMs'> & MovePorts,
  overdue: Overdue = 'not-confirmed-in-time',
): Promise<Checked> {
  const isLate = issuance.status === 'unconfirmed' || age(issuance, ports.clock.now()) > ports.deadlineMs;
  return isLate ? park(issuance, overdue, round, ports) : { next: 'ask-again', followed: issuance };
}

/** Another writer may have crashed before publishing: then the next round looks again. */
async function end(issuance: Issuance, to: RestingStatus, changes: Changes, ports: SettlePorts): Promise<Checked> {
  const moved = await move(issuance, to, changes, ports);
  if (moved === undefined) return readAgain;
  countInVain(moved, ports);
  return leave;
}

/** A lost call that is carried out late would revoke the credential that is reported now. */
function mayBeReplaced({ attempt }: Issuance, now: Date): boolean {
  return attempt?.lateUntil !== undefined && attempt.lateUntil > now.toISOString();
}

function age(issuance: Issuance, now: Date): number {
  return now.getTime() - Date.parse(issuance.submittedAt ?? issuance.acceptedAt);
}
