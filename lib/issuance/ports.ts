/** What several stages need of their surroundings: the time, and a way to have an issuance looked at. */

export interface Clock {
  now(): Date;
}

/** The message that says: look at this issuance. */
export interface IssuanceQueue {
  send(id: string, delaySeconds?: number, tries?: number): Promise<void>;
}

/** Starts a poller for a batch of issuances. */
export interface PollerStarter {
  start(ids: readonly string[]): Promise<void>;
}
