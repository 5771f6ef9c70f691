/** The properties of a program for the life cycle: canonical holder, valid claims, slot. */

import type { Claims } from './issuance.ts';
import type { Provider } from './provider.ts';

export interface Program {
  name: string;
  /** The canonical form of a holder; throws IssuanceError `holder-invalid`. */
  canonicalHolder(holder: string): string;
  /** Rejects with IssuanceError `claims-invalid`, naming the fields but never their values. */
  checkClaims(claims: Claims): Promise<void>;
  /** How long an event waits for newer events of its slot before it is submitted, in seconds. */
  coalesceSeconds: number;
  /** Claims that widen the slot, for programs of which a holder may have several credentials. */
  slotBy: readonly string[];
}

/** The programs of this environment. */
export interface ProgramCatalog {
  /** Undefined if there is no such program. */
  find(name: string): Program | undefined;
}

/** The programs of this environment, each with its provider. */
export interface Programs extends ProgramCatalog {
  /** The provider that issues this program. */
  provider(name: string): Provider;
}
