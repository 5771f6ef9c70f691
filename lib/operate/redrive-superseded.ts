/** Redrive of issuances that were superseded by an issuance that then failed: the newest of each slot is sent back to the queue. */
import pMap from 'p-map';
import type { Issuance } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { newerStands } from '../issuance/newer-stands.ts';
import { recordPages } from '../issuance/pages.ts';
import type { RedriveWish } from './redrive.ts';
import { type RetryPorts, retry } from './retry.ts';

/** The result for one issuance. */
export type SupersededOutcome =
  /** Sent back to the queue; with a dry run, it would be. */
  | 'sent-back'
  /** A newer superseded issuance is issued instead. */
  | 'older'
  /** The slot has, or may have, a newer credential. */
  | 'newer-stands'
  /** Holder and claims are gone: the source has to send the event again. */
  | 'gone'
  /** Another process has changed it in the meantime. */
  | 'moved';

export interface SupersededInVain {
  id: string;
  /** The newer issuance that failed. */
  failed: string;
  outcome: SupersededOutcome;
}

const pageSize = 100;
const atOnce = 8;

/** Redrives all issuances that were superseded by an issuance that failed with this reason. Safe to repeat and to interrupt. */
export async function redriveSuperseded(
  wish: RedriveWish,
  ports: RetryPorts,
  progress: (found: number) => void,
): Promise<SupersededInVain[]> {
  const all: SupersededInVain[] = [];
  for await (const page of recordPages(ports.store, { status: 'failed', limit: pageSize })) {
    const meant = page.filter(({ reason }) => reason?.code === wish.reason);
    const found = await pMap(meant, (failed) => ofSlot(failed, wish, ports), { concurrency: atOnce });
    all.push(...found.flat());
    progress(all.length);
  }
  return all;
}

/** A failed issuance that is no longer the newest of its slot blocks nothing. */
async function ofSlot(failed: Issuance, { dryRun }: RedriveWish, ports: RetryPorts): Promise<SupersededInVain[]> {
  const slot = await ports.slots.get(failed.slot);
  if (slot?.superseded === undefined || slot.superseded.by !== failed.rank || slot.newest !== failed.rank) return [];
  const records = await ports.store.getMany(slot.superseded.ids);
  const older = records.filter(({ status }) => status === 'superseded');
  const [first, ...others] = older.toSorted((a, b) => (a.rank < b.rank ? 1 : -1));
  if (first === undefined) return [];
  const stands = await newerStands(first, slot, ports.store);
  const outcome = stands ? 'newer-stands' : await sendBack(first, dryRun, ports);
  const rest = others.map(({ id }) => ({ id, failed: failed.id, outcome: 'older' as const }));
  return [{ id: first.id, failed: failed.id, outcome }, ...rest];
}

async function sendBack(issuance: Issuance, dryRun: boolean, ports: RetryPorts): Promise<SupersededOutcome> {
  if (issuance.holder === undefined) return 'gone';
  if (dryRun) return 'sent-back';
  try {
    await retry(issuance, ports);
    return 'sent-back';
  } catch (error) {
    const code = error instanceof IssuanceError ? error.code : undefined;
    if (code === 'newer-event-stands') return 'newer-stands';
    if (code === 'issuance-not-retryable') return 'moved';
    throw error;
  }
}
