/** Whether a program's account allows another call, checked before anything is written. */
import type { IssuanceError } from '../issuance/issuance-error.ts';

export interface CallsLeft {
  /** `calls-limited` if the account's limit would allow no call soon. */
  heldBack(program: string): Promise<IssuanceError | undefined>;
}
