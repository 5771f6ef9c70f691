/** What a provider's answer means for an issuance: confirmed, failed, parked, or still open. */
import { after } from '../issuance/due.ts';
import { countInVain, type InVainPorts, supersededInVain } from '../issuance/in-vain.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import type { Standing } from '../issuance/provider.ts';
import { type Asked, confirmed } from '../issuance/transitions/confirmation.ts';
import { failed } from '../issuance/transitions/ends.ts';
import { write } from '../issuance/write.ts';
import { type Checked, leave, readAgain } from './checked.ts';
import { learned, withReceipt } from './learned.ts';
import { type Overdue, type ParkPorts, park } from './park.ts';
import { whatStands } from './what-stands.ts';

export interface SettlePorts extends ParkPorts, Pick<InVainPorts, 'slots'> {
  store: IssuanceStore;
  /** How long an issuance may stay `submitted`. */
  deadlineMs: number;
  retentionMs: number;
}

/** How long a provider may not know a job that it has just accepted. */
const missingGraceMs = 10 * 60_000;

export async function settle(
  issuance: Asked,
  standing: Standing,
  round: { startedAt: string },
  ports: SettlePorts,
): Promise<Checked> {
  switch (standing.state) {
    case 'confirmed': {
      if (mayBeReplaced(issuance, ports.clock.now())) return stillOpen(issuance, round, ports);
      const { assurance } = standing;
      const stands = await whatStands(issuance, standing, ports);
      const confirmation = { assurance, receipt: learned(issuance, standing), ...stands };
      // Another writer may have crashed before publishing: then the next round looks again.
      const written = await write(confirmed(issuance, confirmation, ports.clock.now()), ports);
      return written === undefined ? readAgain : leave;
    }
    case 'failed': {
      const superseded = await supersededInVain(issuance, ports);
      const now = ports.clock.now();
      const dueAt = after(now, ports.retentionMs);
      const failure = { reason: standing.reason, superseded, receipt: learned(issuance, standing), dueAt };
      const written = await write(failed(issuance, failure, now), ports);
      if (written === undefined) return readAgain;
      countInVain(written, ports);
      return leave;
    }
    case 'revoked':
      return park(issuance, 'credential-revoked', round, ports);
    case 'missing':
      return age(issuance, ports.clock.now()) > missingGraceMs
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
  issuance: Asked,
  round: { startedAt: string },
  ports: Pick<SettlePorts, 'deadlineMs'> & ParkPorts,
  overdue: Overdue = 'not-confirmed-in-time',
): Promise<Checked> {
  const isLate = issuance.status === 'unconfirmed' || age(issuance, ports.clock.now()) > ports.deadlineMs;
  return isLate ? park(issuance, overdue, round, ports) : { next: 'ask-again', followed: issuance };
}

/** A lost call that is carried out late would revoke the credential that is reported now. */
function mayBeReplaced({ attempt }: Asked, now: Date): boolean {
  return attempt?.lateUntil !== undefined && attempt.lateUntil > now.toISOString();
}

function age({ submittedAt }: Asked, now: Date): number {
  return now.getTime() - Date.parse(submittedAt);
}
