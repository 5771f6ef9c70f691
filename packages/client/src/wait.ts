/** Waits until an issuance has ended. */
import { NotEndedError } from './errors.ts';
import type { Issuance, Status } from './names.ts';
import { questionPause } from './pauses.ts';
import type { Timing } from './timing.ts';

/** Whether an issuance with this status has ended. A status that is added to the API does not compile here. */
const ended: Record<Status, boolean> = {
  queued: false,
  submitting: false,
  submitted: false,
  unconfirmed: false,
  uncertain: false,
  confirmed: true,
  failed: true,
  superseded: true,
};

export interface WaitOptions {
  /** How long to wait. Default: 10 minutes. */
  deadlineSeconds?: number;
  /** Ends the wait at once; the issuance goes on. */
  signal?: AbortSignal | undefined;
}

/** Asks with growing pauses. Throws NotEndedError at the deadline, the signal's reason, or as `show` does. */
export async function waitForEnd(
  show: (signal?: AbortSignal) => Promise<Issuance>,
  { deadlineSeconds = 600, signal }: WaitOptions,
  { now, random, sleep }: Timing,
): Promise<Issuance> {
  const deadline = now() + deadlineSeconds * 1000;
  for (let question = 0; ; question += 1) {
    const issuance = await show(signal);
    if (ended[issuance.status]) return issuance;
    const left = deadline - now();
    if (left <= 0) throw new NotEndedError(issuance);
    await sleep(Math.min(left, questionPause(question, random())), signal);
  }
}
