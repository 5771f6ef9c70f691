/** Redrive: sends a group of failed or parked issuances back to the queue, after their cause is fixed. */
import pMap from 'p-map';
import type { ErrorCode } from '../issuance/error-codes.ts';
import type { Issuance } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { recordPages } from '../issuance/pages.ts';
import { statusesWith } from '../issuance/status.ts';
import { type RetryPorts, retry } from './retry.ts';

export interface RedriveWish {
  /** Only issuances that ended with this reason. */
  reason: ErrorCode;
  /** Only count. */
  dryRun: boolean;
}

export interface RedriveReport {
  /** Issuances with this reason. */
  found: number;
  /** Sent back to the queue; with a dry run, those that would be. */
  putBack: number;
  /** Holder and claims are gone: the source has to send the event again. */
  gone: number;
  /** Another process has moved it in the meantime. */
  moved: number;
}

const pageSize = 100;
const atOnce = 8;

/**
 * Sends back every failed or uncertain issuance with a reason. Safe to repeat and to interrupt. Issuances that fail again in the
 * meantime are skipped. `progress` is called after each page.
 */
export async function redrive(
  wish: RedriveWish,
  ports: RetryPorts,
  progress: (report: RedriveReport) => void,
): Promise<RedriveReport> {
  const startedAt = ports.clock.now().toISOString();
  const report: RedriveReport = { found: 0, putBack: 0, gone: 0, moved: 0 };
  for (const status of statusesWith('retry', 'in-bulk')) {
    for await (const page of recordPages(ports.store, { status, limit: pageSize })) {
      const meant = page.filter(({ reason, updatedAt }) => reason?.code === wish.reason && updatedAt <= startedAt);
      report.found += meant.length;
      const outcomes = await pMap(meant, (issuance) => putBack(issuance, wish, ports), { concurrency: atOnce });
      for (const outcome of outcomes) report[outcome] += 1;
      progress(report);
    }
  }
  return report;
}

async function putBack(
  issuance: Issuance,
  { dryRun }: RedriveWish,
  ports: RetryPorts,
): Promise<Exclude<keyof RedriveReport, 'found'>> {
  if (issuance.claims === undefined) return 'gone';
  if (dryRun) return 'putBack';
  try {
    await retry(issuance, ports);
    return 'putBack';
  } catch (error) {
    if (error instanceof IssuanceError && error.code === 'issuance-not-retryable') return 'moved';
    throw error;
  }
}
