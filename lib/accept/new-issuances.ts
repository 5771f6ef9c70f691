/** Where the records of new issuances are put. */
import type { Issuance } from '../issuance/issuance.ts';

export interface NewIssuances {
  /** Stores a new record, or gives the one that has the id already. */
  create(issuance: Issuance): Promise<Issuance | undefined>;
}
