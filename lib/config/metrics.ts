/** The names of our metrics, shared by the functions that count and the alarms that watch. */

export const metricsNamespace = 'IssueOnBehalf';

/** Each metric has one dimension. */
export const metrics = {
  /** Issuances by the status they reached. */
  moved: { name: 'IssuancesMoved', dimension: 'status' },
  /** Issuances that ended or were parked, by reason code. */
  reasons: { name: 'IssuanceReasons', dimension: 'code' },
  /** Older events that are not issued because of a newer one that failed. */
  inVain: { name: 'SupersededInVain', dimension: 'program' },
  refused: { name: 'RequestsRefused', dimension: 'code' },
  /** Events that no rule of their source is for. */
  ignored: { name: 'EventsIgnored', dimension: 'source' },
  delayed: { name: 'SubmissionsDelayed', dimension: 'code' },
  /** How long, in seconds, an issuance that is put off will have waited in all when it is tried again. */
  delayedFor: { name: 'DelayedForSeconds', dimension: 'code' },
  /** How long, in seconds, the oldest issuance of a status has waited that somebody should have moved on; 0 without one. */
  waiting: { name: 'OldestWaitingSeconds', dimension: 'status' },
  /** Questions to a provider that were not answered, by reason code. */
  checksFailed: { name: 'StatusChecksFailed', dimension: 'code' },
  /** How long ago, in seconds, an issuance was submitted about which a question was not answered. */
  unansweredFor: { name: 'UnansweredForSeconds', dimension: 'code' },
  /** Circuits that opened, or stayed open after a probe. */
  circuits: { name: 'CircuitsOpened', dimension: 'program' },
  deadLettered: { name: 'MessagesDeadLettered', dimension: 'code' },
  unrecognized: { name: 'StatusesUnrecognized', dimension: 'program' },
  /** Errors nobody foresaw, by the function they happened in. */
  unexpected: { name: 'UnexpectedErrors', dimension: 'where' },
} as const;

export type MetricKey = keyof typeof metrics;
