/** A duty of reconcile: one kind of overdue item, processed page by page. */

import type { IssuanceStore } from '../../issuance/issuance-store.ts';
import type { Log } from '../../issuance/log-events.ts';
import type { Clock, IssuanceQueue, PollerStarter } from '../../issuance/ports.ts';
import type { TellPorts } from '../../issuance/untold.ts';
import type { UnusableEvents } from '../../issuance/unusable-events.ts';

export interface DutyPorts extends TellPorts {
  store: IssuanceStore;
  unusable: UnusableEvents;
  clock: Clock;
  log: Log;
  queue: IssuanceQueue;
  pollers: PollerStarter;
  /** The state of a program's circuit breaker; `probe-due` if one call would be admitted. */
  circuitStates: { of(program: string): Promise<'closed' | 'open' | 'probe-due'> };
  /** How long an issuance is tried again. */
  retryMs: number;
  /** Issuances that may be released from the waiting room, per second and program. */
  releasesPerSecond(program: string): number;
  /** How long after it was submitted an unconfirmed issuance keeps holder and claims. */
  retentionMs: number;
}

/** One kind of work. */
export interface Duty {
  /** Its name in the log. */
  name: string;
  /** Processes one page. A page is small, because a duty's share of the time is checked between two pages. */
  page(position: string | undefined, ports: DutyPorts): Promise<DutyPage>;
}

export interface DutyPage {
  /** Items that were due, and how many of them were moved. */
  found: number;
  moved: number;
  /** The position of the next page; absent if there is none. */
  next?: string;
}
