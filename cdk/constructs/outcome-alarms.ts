/** Alarms on how issuances end, from the metrics the functions write. */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type MetricKey, metrics, metricsNamespace } from '../../lib/config/metrics.ts';
import type { Deployment } from '../deployment.ts';
import { serviceName } from '../names.ts';
import { addAlarm } from './alarm.ts';

// A value of the metric's dimension, and what is wrong when it is counted.
const statuses = {
  uncertain: 'It could not be found out whether a credential was issued; a person has to decide',
  unconfirmed: 'A provider has not confirmed a credential in time',
};
const reasons = {
  'provider-refused-signature': 'A provider refused our signature: key set, partner id or clock is not as it expects',
  'provider-feature-disabled': 'A provider has not switched issuing on behalf on for our account',
  'provider-program-not-found': 'A provider does not know an issuer or program of the configuration',
  'retries-exhausted': 'A provider was out of reach for longer than issuances are tried again',
};

/** How many issuances reached this status, per five minutes. */
export function statusMetric(environment: string, status: string): Metric {
  return counted(environment, 'moved', status).with({ label: status });
}

/** Rings for every issuance that waits for a person, and for failures that only a person can end. */
export class OutcomeAlarms extends Construct {
  constructor(scope: Construct, id: string, { environment: { environment }, alarmTopic: topic }: Deployment) {
    super(scope, id);
    const add = (key: MetricKey, values: Record<string, string>) => {
      for (const [value, says] of Object.entries(values)) {
        addAlarm(this, `${value}-alarm`, { topic, metric: counted(environment, key, value), says, runbook: value });
      }
    };
    add('moved', statuses);
    add('reasons', reasons);
  }
}

function counted(environment: string, key: MetricKey, value: string): Metric {
  const { name, dimension } = metrics[key];
  return new Metric({
    namespace: metricsNamespace,
    metricName: name,
    dimensionsMap: { service: serviceName(environment), [dimension]: value },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}
