/** Parked issuances leave the poller; reconcile has their status requested periodically. */
import { after, clocksApartMs, unconfirmedEveryMs } from '../issuance/due.ts';
import { eventOf } from '../issuance/event.ts';
import type { Issuance } from '../issuance/issuance.ts';
import type { Clock } from '../issuance/ports.ts';
import { type Asked, unconfirmed } from '../issuance/transitions/confirmation.ts';
import { type PublishPorts, write } from '../issuance/write.ts';
import { type Checked, leave, readAgain } from './checked.ts';

export interface ParkPorts extends PublishPorts {
  clock: Clock;
}

/** Why one is still open past the deadline. */
export type Overdue = 'not-confirmed-in-time' | 'provider-lost-track' | 'waits-in-inbox';

export async function park(
  issuance: Asked,
  code: Overdue | 'credential-revoked',
  { startedAt }: { startedAt: string },
  ports: ParkPorts,
): Promise<Checked> {
  if (issuance.status === 'unconfirmed') {
    // Parked since this poller began: by an earlier try of this very round, which may have crashed before publishing.
    const isOurs = parkedAt(issuance) > after(new Date(startedAt), -clocksApartMs);
    if (isOurs) await ports.announcer.announce(eventOf(issuance));
    return leave;
  }
  const now = ports.clock.now();
  const parked = await write(
    unconfirmed(issuance, { reason: { code }, dueAt: after(now, unconfirmedEveryMs) }, now),
    ports,
  );
  // Another writer may have crashed before publishing: then the next round looks again.
  return parked === undefined ? readAgain : leave;
}

function parkedAt({ history }: Issuance): string {
  return history.findLast(({ status }) => status === 'unconfirmed')?.at ?? '';
}
