/** What the life cycle needs to know of a program: how its holder is written, what its claims look like, what its slot is. */

import type { Claims } from './issuance.ts';
import type { Provider } from './provider.ts';

export interface Program {
  name: string;
  /** The one form of a holder's address; throws IssuanceError `holder-invalid`. */
  canonicalHolder(holder: string): string;
  /** Rejects with IssuanceError `claims-invalid`, naming the fields but never their values. */
  checkClaims(claims: Claims): Promise<void>;
  /** How long an event waits for newer ones of its slot before it is submitted, in seconds. */
  coalesceSeconds: number;
  /** Claims that widen the slot, for programs of which a holder may hold several. */
  slotBy: readonly string[];
}

/** The programs of this environment. */
export interface ProgramCatalog {
  /** Undefined when there is no such program. */
  find(name: string): Program | undefined;
}

/** The programs of this environment, each with its provider. */
export interface Programs extends ProgramCatalog {
  /** The provider that issues this program. */
  provider(name: string): Provider;
}
