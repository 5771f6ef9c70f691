/** The names of our metrics, shared by the functions that write them and the alarms that evaluate them. */

export const metricsNamespace = 'IssueOnBehalf';

/** Each metric has one dimension. */
export const metrics = {
  /** Issuances by the status they reached. */
  moved: { name: 'IssuancesMoved', dimension: 'status' },
  /** Issuances that ended or were parked, by reason code. */
  reasons: { name: 'IssuanceReasons', dimension: 'code' },
  /** Older issuances that were not issued because of a newer issuance that failed. */
  inVain: { name: 'SupersededInVain', dimension: 'program' },
  refused: { name: 'RequestsRefused', dimension: 'code' },
  /** Events that match no rule of their source. */
  ignored: { name: 'EventsIgnored', dimension: 'source' },
  /** Webhooks that cannot be used, and are kept for an operator. */
  unusable: { name: 'EventsUnusable', dimension: 'source' },
  delayed: { name: 'SubmissionsDelayed', dimension: 'code' },
  /** The total time, in seconds, that a delayed issuance will have waited at its next attempt. */
  delayedFor: { name: 'DelayedForSeconds', dimension: 'code' },
  /** The time, in seconds, that the oldest issuance of a status has waited although it should have moved; 0 if there is none. */
  waiting: { name: 'OldestWaitingSeconds', dimension: 'status' },
  /** Failed status requests to a provider, by reason code. */
  checksFailed: { name: 'StatusChecksFailed', dimension: 'code' },
  /** The time, in seconds, since the submission of an issuance whose status request failed. */
  unansweredFor: { name: 'UnansweredForSeconds', dimension: 'code' },
  /** Circuit breakers that opened, or stayed open after a probe. */
  circuits: { name: 'CircuitsOpened', dimension: 'program' },
  deadLettered: { name: 'MessagesDeadLettered', dimension: 'code' },
  unrecognized: { name: 'StatusesUnrecognized', dimension: 'program' },
  /** Unexpected errors, by function. */
  unexpected: { name: 'UnexpectedErrors', dimension: 'where' },
} as const;

export type MetricKey = keyof typeof metrics;
