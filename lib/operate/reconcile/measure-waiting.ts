/** Measures how long work has waited: the age of the oldest issuance of each status that should have moved. */
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

/** For this many of the oldest, it is checked whether they wait for another issuance of their slot. */
const lookedAt = 20;

/**
 * Writes one measurement per status under way, also if it is 0, because a measurement shows that reconcile runs. Issuances
 * that a poller moves count as waiting only if they were not polled in time.
 */
export async function measureWaiting(ports: MeasurePorts): Promise<void> {
  for (const status of statusesWith('stage', 'under-way')) {
    const since = hasTrait(status, 'moves', 'poller') ? await unaskedSince(ports) : await waitingSince(status, ports);
    const seconds = since === undefined ? 0 : secondsSince(since, ports.clock.now());
    ports.log.write({ event: 'waiting-measured', status, seconds });
  }
}

/** The time since which the oldest issuance waits that does not wait for another issuance. */
async function waitingSince(status: Status, ports: MeasurePorts): Promise<string | undefined> {
  const oldest = await ports.store.oldest(status, lookedAt);
  const records = new Map((await ports.store.getMany(oldest.map(({ id }) => id))).map((record) => [record.id, record]));
  for (const { id } of oldest) {
    const record = records.get(id);
    if (record?.status !== status) continue;
    if (status === 'queued' && (await isBehindAnother(record, ports))) continue;
    return record.queuedAt;
  }
  // All of them wait for others, which have ages of their own; the rest is at most as old as the last.
  return oldest.length === lookedAt ? oldest.at(-1)?.queuedAt : undefined;
}

/** Whether the previous issuance of its slot is still in progress; that issuance has its own measurement. */
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
