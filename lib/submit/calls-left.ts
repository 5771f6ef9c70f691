/** Whether a program's account has a call left, before anything is done for one. */
import type { IssuanceError } from '../issuance/issuance-error.ts';

export interface CallsLeft {
  /** `calls-limited` when the ceiling on the account's calls would let none through soon. */
  heldBack(program: string): Promise<IssuanceError | undefined>;
}
