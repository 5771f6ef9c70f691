/** The state that the operations of the Credenco sandbox share. */
import type { BackendAccess } from './api/backend-access.ts';
import type { Ledger } from './books/ledger.ts';
import type { ClaimsCheck } from './claims-check.ts';
import type { Nonces } from './issuer/nonces.ts';
import type { Template } from './settings.ts';
import type { CredencoSwitches } from './switches.ts';

/** A credential template with its prepared check. */
export interface CheckedTemplate extends Template {
  readonly check: ClaimsCheck;
}

/** The provider behind the operations; `origin` is where it listens, `now` in ms since the epoch. */
export interface ProviderState {
  readonly templates: ReadonlyMap<string, CheckedTemplate>;
  readonly issuers: readonly string[];
  readonly ledger: Ledger;
  readonly backend: BackendAccess;
  readonly nonces: Nonces;
  origin(): string;
  switches(): CredencoSwitches;
  now(): number;
}
