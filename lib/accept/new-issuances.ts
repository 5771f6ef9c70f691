/** The store of new issuances. */
import type { Issuance } from '../issuance/issuance.ts';

export interface NewIssuances {
  /** Stores a new record, or returns the existing record with its id. */
  create(issuance: Issuance): Promise<Issuance | undefined>;
}
