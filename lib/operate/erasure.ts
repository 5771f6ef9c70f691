/** The store operations that only an erasure uses. No function has the permission for them: the operator's own are used. */
import type { SlotKey } from '../issuance/ids.ts';
import type { Nameless } from '../issuance/transitions/operation.ts';

export interface Erasure {
  /**
   * Removes the provider's ids of the credential from a record that has ended or is parked, including `confirmed`, without a
   * new sequence; false if the record was written in the meantime.
   */
  forgetCredential(issuance: Nameless): Promise<boolean>;
  /** Removes the slot's credentials and issuances. Its newest rank and its lease remain, because they define the order. */
  forgetSlot(key: SlotKey): Promise<void>;
  /** Which of these facts are stored about the holder, expired or not. */
  factsKept(holder: string, facts: readonly string[]): Promise<string[]>;
  forgetFact(holder: string, fact: string): Promise<void>;
}
