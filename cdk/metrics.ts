/** Names of the metrics the functions write, as the alarms and the dashboard read them. */
import { product } from './names.ts';

/** CloudWatch namespace of everything the functions count. */
export const metricsNamespace = 'IssueOnBehalf';

/** Value of the dimension `service`, which keeps the environments of one account apart. */
export function serviceName(environment: string): string {
  return `${product}-${environment}`;
}

/** Each metric with the dimensions it carries beside `service`. */
export const metricNames = {
  /** Counts issuances that ended or were parked; dimension `status`. */
  issuancesEnded: 'IssuancesEnded',
  /** Counts refusals of our Partner JWT by a provider; no further dimension. */
  signatureRefusals: 'SignatureRefusals',
} as const;
