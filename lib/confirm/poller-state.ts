/** The state of a poller's execution, which the state machine passes from round to round. */
import type { IssuanceId } from '../issuance/ids.ts';
import type { Holds } from './holds.ts';

/** One round of a poller; passed from round to round. Only ids: the records stay in the table. */
export interface PollerState {
  ids: readonly IssuanceId[];
  /** RFC 3339: start of the first execution for these ids. */
  startedAt: string;
  /** Rounds so far; a STANDARD execution that follows another STANDARD one counts from 0 again. */
  round: number;
  /** The execution is an EXPRESS one, which ends after five minutes. The state machine sets it. */
  express?: true;
  /** Missing in executions of older code. */
  holds?: Holds;
}

/** The next step of the state machine after a round. */
export type NextStep = 'wait' | 'done' | 'hand-over';
