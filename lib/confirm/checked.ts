/** What a round has found out about one issuance, and so what its poller does about it. */
import type { Asked } from '../issuance/transitions/confirmation.ts';

export type Checked =
  /** Not ended: the poller goes on with it, and tells the reconciler so in the record, as it was last read. */
  | { next: 'ask-again'; followed: Asked }
  /** Another writer was faster, or something failed: the next round reads it again. */
  | { next: 'read-again' }
  /** It ended, was parked, or is not the poller's: the poller is done with it. */
  | { next: 'leave' };

export const readAgain: Checked = { next: 'read-again' };
export const leave: Checked = { next: 'leave' };
