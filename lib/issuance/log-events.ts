/** The registry of all log events and metrics, with their allowed fields. Free text is not possible. */

import type { ErrorCode } from './error-codes.ts';
import type { IssuanceId } from './ids.ts';
import type { Status } from './status.ts';

export type LogEvent =
  | { event: 'issuance-accepted'; id: IssuanceId; program: string; source: string; replay: boolean }
  | { event: 'issuance-moved'; id: IssuanceId; program: string; status: Status; code?: ErrorCode }
  | { event: 'request-refused'; code: ErrorCode; requestId: string }
  | { event: 'event-mapped'; id: IssuanceId; source: string; rule: string }
  | { event: 'event-ignored'; source: string }
  /** Kept for an operator; `id` names it in `iob unusable`. */
  | { event: 'event-unusable'; source: string; code: ErrorCode; id: string }
  /** A secret that cannot serve as a key: `position` is its position in the source's list, from one. */
  | { event: 'source-secret-unusable'; source: string; scheme: string; position: number; reason: string }
  | { event: 'rule-failed'; source: string; code: ErrorCode; reason: string }
  | {
      event: 'submission-delayed';
      id: IssuanceId;
      program: string;
      code: ErrorCode;
      delaySeconds: number;
      waits: 'on the queue' | 'in the table';
      /** The total time it will have waited at its next attempt. */
      waitSeconds: number;
    }
  | { event: 'holder-looked-up'; id: IssuanceId; program: string; source: string }
  | { event: 'outcome-recovered'; id: IssuanceId; program: string; outcome: 'committed' | 'not-committed' }
  | { event: 'circuit-opened'; program: string; code: ErrorCode }
  | { event: 'circuit-closed'; program: string }
  | { event: 'status-unrecognized'; id: IssuanceId; program: string }
  | { event: 'status-check-failed'; id: IssuanceId; program: string; code: ErrorCode; ageSeconds: number }
  | { event: 'message-dead-lettered'; code: ErrorCode; messageId: string }
  | { event: 'batch-submitted'; messages: number; submitted: number; returned: number }
  | { event: 'batch-checked'; asked: number; open: number; waitSeconds: number }
  /** How long the oldest overdue issuance of a status has waited; 0 if there is none. */
  | { event: 'waiting-measured'; status: Status; seconds: number }
  /** One page of a duty of reconcile. */
  | { event: 'reconciled'; duty: string; found: number; moved: number }
  /** Older issuances of its slot that are not issued because this issuance has failed. */
  | { event: 'superseded-in-vain'; id: IssuanceId; program: string; count: number }
  | { event: 'personal-data-dropped'; id: string }
  /** A record lacks what its status promises, and stays unchanged. Counted with the unexpected errors. */
  | { event: 'record-not-understood'; id: string; missing: string; where: Part }
  | { event: 'signing-keys-published'; keys: number; step: string }
  /** A rotation left the ring unchanged: its next key had not been public for long enough. */
  | { event: 'signing-keys-kept'; publicMinutes: number }
  | { event: 'unexpected-error'; name: string; where: Place; at: string; causedBy?: string };

/** Where unexpected errors are counted, each with an alarm: the functions, and publishing events in any function. */
export const parts = ['trigger', 'worker', 'poller', 'reconcile', 'announce'] as const;

export type Part = (typeof parts)[number];

/** A more precise place of an error. */
export type Place = Part | `${Part}: ${string}`;

/** Logs and metrics from a registry of events; free text cannot be logged. */
export interface Log {
  write(event: LogEvent): void;
}
