/** Tells the reconciler that a poller lives and when it looks again. */
import { after, submittedGraceMs } from '../issuance/due.ts';
import type { Clock } from '../issuance/ports.ts';
import type { Asked } from '../issuance/transitions/confirmation.ts';
import { postponed } from '../issuance/transitions/operation.ts';
import { describeUnexpected } from '../issuance/unexpected.ts';
import { type WritePorts, write } from '../issuance/write.ts';

/** In the fast rounds the first due time covers it without a write. A failure of one affects no other. */
export async function keepAlive(
  issuance: Asked,
  waitSeconds: number,
  ports: WritePorts & { clock: Clock },
): Promise<void> {
  const now = ports.clock.now();
  if (issuance.dueAt >= after(now, waitSeconds * 1000 + submittedGraceMs / 3)) return;
  try {
    await write(postponed(issuance, after(now, waitSeconds * 1000 + submittedGraceMs), now), ports);
  } catch (error) {
    ports.log.write(describeUnexpected(error, 'poller'));
  }
}
