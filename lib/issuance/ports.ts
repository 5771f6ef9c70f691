/** The ports that several stages share: the clock, and the ways to have an issuance processed. */

import type { IssuanceId } from './ids.ts';

export interface Clock {
  now(): Date;
}

/** Sends the message that has an issuance processed. */
export interface IssuanceQueue {
  send(id: IssuanceId, delaySeconds?: number, tries?: number): Promise<void>;
}

/** Starts a poller for a batch of issuances. */
export interface PollerStarter {
  start(ids: readonly IssuanceId[]): Promise<void>;
}
