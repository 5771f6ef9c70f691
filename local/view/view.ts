/** How the local run shows what happens: one interface, three forms. */
import type { BusEvent } from '@issue-on-behalf/local-cloud';
import { isResting, type RestingStatus } from '../../lib/issuance/status.ts';
import type { Happening } from '../samples/play.ts';
import type { Holdings } from '../sandboxes/running-sandbox.ts';

export interface View {
  /** How far the start is, and where things listen. */
  say(line: string): void;
  show(happening: Happening): void;
  /** An event on the bus. */
  tell(event: BusEvent): void;
  /** What the samples came to. */
  summarize(summary: Summary): void;
  /** What holders really have, by account: our records say only what the providers told us. */
  compare(holdings: ReadonlyMap<string, Holdings>): void;
}

/** Counts of samples by how they ended: the status at which they rest, or what else became of them. */
export interface Summary extends Record<RestingStatus, number> {
  /** Refused on entry. */
  refused: number;
  /** Events that no rule is for. */
  ignored: number;
  /** Given the issuance of an earlier delivery again. */
  replayed: number;
  /** Ended otherwise than expected. */
  unexpected: number;
}

/** Counts happenings as they come. */
export function counter(): { count(happening: Happening): void; summary: Summary } {
  const summary: Summary = {
    ...restingCounts(),
    refused: 0,
    ignored: 0,
    replayed: 0,
    unexpected: 0,
  };
  return {
    summary,
    count(happening) {
      // What a rule has made of an event is counted as it ends.
      if (happening.what === 'mapped') return;
      if (happening.what !== 'status') summary[happening.what] += 1;
      else if (isResting(happening.status)) summary[happening.status] += 1;
    },
  };
}

function restingCounts(): Record<RestingStatus, number> {
  return { confirmed: 0, failed: 0, superseded: 0, unconfirmed: 0, uncertain: 0 };
}
