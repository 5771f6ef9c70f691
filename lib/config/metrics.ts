/** The names of our metrics, shared by the functions that count and the alarms that watch. */

export const metricsNamespace = 'IssueOnBehalf';

/** Each metric has one dimension. */
export const metrics = {
  /** Issuances by the status they reached. */
  moved: { name: 'IssuancesMoved', dimension: 'status' },
  /** Issuances that ended or were parked, by reason code. */
  reasons: { name: 'IssuanceReasons', dimension: 'code' },
  refused: { name: 'RequestsRefused', dimension: 'code' },
  /** Events that no rule of their source is for. */
  ignored: { name: 'EventsIgnored', dimension: 'source' },
  delayed: { name: 'SubmissionsDelayed', dimension: 'code' },
  /** Questions to a provider that were not answered, by reason code. */
  checksFailed: { name: 'StatusChecksFailed', dimension: 'code' },
  /** Circuits that opened, or stayed open after a probe. */
  circuits: { name: 'CircuitsOpened', dimension: 'program' },
  deadLettered: { name: 'MessagesDeadLettered', dimension: 'code' },
  unrecognized: { name: 'StatusesUnrecognized', dimension: 'program' },
  unexpected: { name: 'UnexpectedErrors', dimension: 'where' },
} as const;

export type MetricKey = keyof typeof metrics;
