/** Tells the reconciler that a poller lives and when it looks again. */
import { after, submittedGraceMs } from '../issuance/due.ts';
import type { Issuance } from '../issuance/issuance.ts';
import { type QuietMovePorts, rewrite } from '../issuance/move.ts';
import { describeUnexpected } from '../issuance/unexpected.ts';

/** In the fast rounds the first due time covers it without a write. A failure of one affects no other. */
export async function keepAlive(issuance: Issuance, waitSeconds: number, ports: QuietMovePorts): Promise<void> {
  const now = ports.clock.now();
  if (issuance.dueAt >= after(now, waitSeconds * 1000 + submittedGraceMs / 3)) return;
  try {
    await rewrite(issuance, { dueAt: after(now, waitSeconds * 1000 + submittedGraceMs) }, ports);
  } catch (error) {
    ports.log.write(describeUnexpected(error, 'poller'));
  }
}
