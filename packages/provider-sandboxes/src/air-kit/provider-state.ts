/** The state that the operations of the AIR Kit sandbox share. */
import type { Ledger } from './ledger.ts';
import type { PublishedKeys } from './published-keys.ts';
import type { Program } from './settings.ts';
import type { SubjectCheck } from './subject-check.ts';
import type { AirKitSwitches } from './switches.ts';

/** A program with its prepared check. */
export interface CheckedProgram extends Program {
  readonly check: SubjectCheck;
}

/** The provider behind the operations; `now` is its own clock, in ms since the epoch. */
export interface ProviderState {
  readonly partnerId: string;
  readonly programs: ReadonlyMap<string, CheckedProgram>;
  readonly keys: PublishedKeys;
  readonly ledger: Ledger;
  switches(): AirKitSwitches;
  now(): number;
}
