/** What only erasing does to the stores. No function has the rights for it: an operator's own are used. */
import type { Nameless } from '../issuance/transitions/operation.ts';

export interface Erasure {
  /**
   * Removes the provider's ids of the credential from a record at rest, a confirmed one included, without a new sequence;
   * false when somebody has written the record meanwhile.
   */
  forgetCredential(issuance: Nameless): Promise<boolean>;
  /** Removes what the slot knows of credentials and issuances. Its newest rank and its lease stay: they keep the order. */
  forgetSlot(key: string): Promise<void>;
  /** Which of these facts are kept about the holder, believed or not. */
  factsKept(holder: string, facts: readonly string[]): Promise<string[]>;
  forgetFact(holder: string, fact: string): Promise<void>;
}
