/** The registry of everything that is logged and counted, with the fields each may carry. Free text has no way in. */
import type { ErrorCode } from './error-codes.ts';
import type { Status } from './status.ts';

export type LogEvent =
  | { event: 'issuance-accepted'; id: string; program: string; source: string; replay: boolean }
  | { event: 'issuance-moved'; id: string; program: string; status: Status; code?: ErrorCode }
  | { event: 'request-refused'; code: ErrorCode; requestId: string }
  | { event: 'event-mapped'; id: string; source: string; rule: string }
  | { event: 'event-ignored'; source: string }
  /** A secret that cannot serve as a key: `position` counts from one in the source's list. */
  | { event: 'source-secret-unusable'; source: string; scheme: string; position: number; reason: string }
  | { event: 'rule-failed'; source: string; code: ErrorCode; reason: string }
  | {
      event: 'submission-delayed';
      id: string;
      program: string;
      code: ErrorCode;
      delaySeconds: number;
      waits: 'on the queue' | 'in the table';
      /** How long it will have waited in all when it is tried again. */
      waitSeconds: number;
    }
  | { event: 'outcome-recovered'; id: string; program: string; outcome: 'committed' | 'not-committed' }
  | { event: 'circuit-opened'; program: string; code: ErrorCode }
  | { event: 'circuit-closed'; program: string }
  | { event: 'status-unrecognized'; id: string; program: string }
  | { event: 'status-check-failed'; id: string; program: string; code: ErrorCode; ageSeconds: number }
  | { event: 'message-dead-lettered'; code: ErrorCode; messageId: string }
  | { event: 'batch-submitted'; messages: number; submitted: number; returned: number }
  | { event: 'batch-checked'; asked: number; open: number; waitSeconds: number }
  /** How long the oldest issuance of a status has waited that somebody should have moved on; 0 without one. */
  | { event: 'waiting-measured'; status: Status; seconds: number }
  /** One page of a duty of reconcile. */
  | { event: 'reconciled'; duty: string; found: number; moved: number }
  /** Older ones of its slot are not issued because of this one, which has failed. */
  | { event: 'superseded-in-vain'; id: string; program: string; count: number }
  | { event: 'personal-data-dropped'; id: string }
  /** A record lacks what its status promises, and stays unchanged. Counted with the unexpected errors. */
  | { event: 'record-not-understood'; id: string; missing: string; where: Part }
  | { event: 'signing-keys-published'; keys: number; step: string }
  /** A rotation left the ring as it is: its next key had not been public for long enough. */
  | { event: 'signing-keys-kept'; publicMinutes: number }
  | { event: 'unexpected-error'; name: string; where: Place; at: string; causedBy?: string };

/** Where unexpected errors are counted, each with an alarm: the functions, and publishing events in any function. */
export const parts = ['trigger', 'worker', 'poller', 'reconcile', 'announce'] as const;

export type Part = (typeof parts)[number];

/** Where something happened, more precisely. */
export type Place = Part | `${Part}: ${string}`;

/** Log and metrics by a registry of events; there is no way to log free text. */
export interface Log {
  write(event: LogEvent): void;
}
