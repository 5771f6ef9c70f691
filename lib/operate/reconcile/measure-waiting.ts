/** How long work has waited: the age of the oldest issuance of each status that somebody should have moved on. */
import { secondsSince } from '../../issuance/due.ts';
import type { Issuance } from '../../issuance/issuance.ts';
import type { IssuanceStore } from '../../issuance/issuance-store.ts';
import type { Log } from '../../issuance/log-events.ts';
import type { Clock } from '../../issuance/ports.ts';
import type { SlotStore } from '../../issuance/slot.ts';
import { hasTrait, occupiesSlot, type Status, statusesWith } from '../../issuance/status.ts';
import type { OldestIssuances } from './oldest-issuances.ts';

export interface MeasurePorts {
  store: IssuanceStore & OldestIssuances;
  slots: SlotStore;
  clock: Clock;
  log: Log;
}

/** Of so many of the oldest it is found out whether they wait behind another one of their slot. */
const lookedAt = 20;

/**
 * Writes one measure per status under way, also when it is 0: that there is a measure says that reconcile is alive. Those
 * that a poller moves on have waited only when nobody has asked about them in time.
 */
export async function measureWaiting(ports: MeasurePorts): Promise<void> {
  for (const status of statusesWith('stage', 'under-way')) {
    const since = hasTrait(status, 'moves', 'poller') ? await unaskedSince(ports) : await waitingSince(status, ports);
    const seconds = since === undefined ? 0 : secondsSince(since, ports.clock.now());
    ports.log.write({ event: 'waiting-measured', status, seconds });
  }
}

/** Since when the first of those waits that nothing but we ourselves keep from moving. */
async function waitingSince(status: Status, ports: MeasurePorts): Promise<string | undefined> {
  const oldest = await ports.store.oldest(status, lookedAt);
  const records = new Map((await ports.store.getMany(oldest.map(({ id }) => id))).map((record) => [record.id, record]));
  for (const { id } of oldest) {
    const record = records.get(id);
    if (record?.status !== status) continue;
    if (status === 'queued' && (await isBehindAnother(record, ports))) continue;
    return record.queuedAt;
  }
  // All of them wait behind others, which says enough of how things go on: the rest is at most as old as the last.
  return oldest.length === lookedAt ? oldest.at(-1)?.queuedAt : undefined;
}

/** Whether the one before it in its slot is still under way; that one has a measure of its own. */
async function isBehindAnother({ id, slot }: Issuance, { store, slots }: MeasurePorts): Promise<boolean> {
  const owner = (await slots.get(slot))?.lease?.owner;
  if (owner === undefined || owner === id) return false;
  const record = await store.get(owner);
  return record !== undefined && occupiesSlot(record.status);
}

async function unaskedSince({ store, clock }: MeasurePorts): Promise<string | undefined> {
  const dueBefore = clock.now().toISOString();
  const { issuances } = await store.list({ status: 'submitted', dueBefore, limit: lookedAt });
  const overdue = issuances.filter(({ dueAt }) => dueAt < dueBefore);
  return overdue.map(({ acceptedAt, submittedAt = acceptedAt }) => submittedAt).sort()[0];
}
