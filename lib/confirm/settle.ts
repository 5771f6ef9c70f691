/** Applies a provider's answer to an issuance: confirmed, failed, parked, or still open. */
import { after, clocksApartMs, unconfirmedEveryMs } from '../issuance/due.ts';
import { eventOf } from '../issuance/event.ts';
import { countInVain, type InVainPorts, supersededInVain } from '../issuance/in-vain.ts';
import type { Issuance, Receipt } from '../issuance/issuance.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import type { Clock } from '../issuance/ports.ts';
import type { Standing } from '../issuance/provider.ts';
import type { SlotStore } from '../issuance/slot.ts';
import { type Asked, confirmed, receiptGrown, unconfirmed } from '../issuance/transitions/confirmation.ts';
import { failed } from '../issuance/transitions/ends.ts';
import { type PublishPorts, type WritePorts, write } from '../issuance/write.ts';

/** The result of a round for one issuance, and what its poller does. */
export type Checked =
  /** Not ended: the poller continues, and records this for reconcile in the record, as it was last read. */
  | { next: 'ask-again'; followed: Asked }
  /** Another writer wrote first, or something failed: the next round reads it again. */
  | { next: 'read-again' }
  /** It has ended, is parked, or does not belong to the poller: the poller is done with it. */
  | { next: 'leave' };

export const readAgain: Checked = { next: 'read-again' };
export const leave: Checked = { next: 'leave' };

export interface SettlePorts extends ParkPorts, Pick<InVainPorts, 'slots'> {
  store: IssuanceStore;
  /** How long an issuance may stay `submitted`. */
  deadlineMs: number;
  retentionMs: number;
}

/** How long a provider may not yet know a job that it has just accepted. */
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
      // Another writer may have crashed before publishing, so the next round reads it again.
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

/** Not ended yet: it is parked after the deadline; before it, the poller continues. */
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

interface Told {
  receipt?: Receipt;
}

/** The receipt with the ids of the answer. */
function learned({ receipt }: Asked, told: Told): Receipt {
  return { ...receipt, ...told.receipt };
}

/** The revocation id is written at once, because the credential may be claimed long after polling ends. */
async function withReceipt(issuance: Asked, told: Told, ports: WritePorts & { clock: Clock }): Promise<Asked> {
  if (told.receipt === undefined) return issuance;
  const grown = receiptGrown(issuance, learned(issuance, told), ports.clock.now());
  return (await write(grown, ports)) ?? issuance;
}

interface StandingPorts {
  slots: Pick<SlotStore, 'get'>;
}

/** Whether the credential of a confirmed issuance is an older credential, or was replaced by a newer one. */
async function whatStands(
  issuance: Issuance,
  { existing }: { existing?: true },
  { slots }: StandingPorts,
): Promise<{ existing?: true; replaced?: true }> {
  // Only a parked issuance has released its slot before it was confirmed.
  const slot = issuance.status === 'unconfirmed' ? await slots.get(issuance.slot) : undefined;
  const replaced = slot?.receipts.slice(0, -1).includes(issuance.knownAs ?? '');
  return { ...(existing && { existing }), ...(replaced && { replaced }) };
}

/** When it was first submitted since it was last queued. */
export function begunAt({ history, queuedAt, acceptedAt }: Issuance): Date {
  const begun = history.find(({ at, status }) => status === 'submitting' && at >= queuedAt);
  return new Date(begun?.at ?? acceptedAt);
}

interface ParkPorts extends PublishPorts {
  clock: Clock;
}

/** The reason why it is still open after the deadline. */
type Overdue = 'not-confirmed-in-time' | 'provider-lost-track' | 'waits-in-inbox';

async function park(
  issuance: Asked,
  code: Overdue | 'credential-revoked',
  { startedAt }: { startedAt: string },
  ports: ParkPorts,
): Promise<Checked> {
  if (issuance.status === 'unconfirmed') {
    // Parked since this poller began, by an earlier attempt of this round, which may have crashed before publishing.
    const isOurs = parkedAt(issuance) > after(new Date(startedAt), -clocksApartMs);
    if (isOurs) await ports.announcer.announce(eventOf(issuance));
    return leave;
  }
  const now = ports.clock.now();
  const parked = await write(
    unconfirmed(issuance, { reason: { code }, dueAt: after(now, unconfirmedEveryMs) }, now),
    ports,
  );
  // Another writer may have crashed before publishing, so the next round reads it again.
  return parked === undefined ? readAgain : leave;
}

function parkedAt({ history }: Issuance): string {
  return history.findLast(({ status }) => status === 'unconfirmed')?.at ?? '';
}
