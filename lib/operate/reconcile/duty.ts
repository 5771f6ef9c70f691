/** What a duty of reconcile is: one kind of thing that may have been left lying, worked on page by page. */

import type { IssuanceStore } from '../../issuance/issuance-store.ts';
import type { Log } from '../../issuance/log-events.ts';
import type { Clock, IssuanceQueue, PollerStarter } from '../../issuance/ports.ts';
import type { TellPorts } from '../../issuance/untold.ts';

export interface DutyPorts extends TellPorts {
  store: IssuanceStore;
  clock: Clock;
  log: Log;
  queue: IssuanceQueue;
  pollers: PollerStarter;
  /** How the circuit of a program stands; `probe-due` when one call would be let through. */
  circuitStates: { of(program: string): Promise<'closed' | 'open' | 'probe-due'> };
  /** How long an issuance is tried again. */
  retryMs: number;
  /** Issuances that may be let out of the waiting room, per second and program. */
  releasesPerSecond: number;
  /** How long after it was submitted an unconfirmed issuance keeps holder and claims. */
  retentionMs: number;
}

/** One kind of work. */
export interface Duty {
  /** Its name in the log. */
  name: string;
  /** Does one page of it. A page is small: a duty's share of the time is looked at between two pages. */
  page(position: string | undefined, ports: DutyPorts): Promise<DutyPage>;
}

export interface DutyPage {
  /** Things that were due, and how many of them were moved on. */
  found: number;
  moved: number;
  /** Where the next page begins; absent when there is none. */
  next?: string;
}
