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
  'provider-refused-login': 'A provider refused our API key or client credentials',
  'provider-feature-disabled': 'A provider has not switched issuing on behalf on for our account',
  'provider-program-not-found': 'A provider does not know an issuer or program of the configuration',
  'retries-exhausted': 'A provider was out of reach for longer than issuances are tried again',
};

// An outage: the work waits, and someone should know. One delay is nothing; one in every five minutes of half an hour is.
const delays = {
  'provider-unavailable': 'A provider has been out of order for half an hour; the work waits for it',
  'provider-unavailable-in-doubt': 'A provider has answered 503 for half an hour; the work waits for it',
  'provider-unreachable': 'A provider could not be reached for half an hour; the work waits for it',
  'provider-answer-lost': 'The answers of a provider have been lost for half an hour; the work waits for it',
};
const checks = {
  'provider-refused-signature': 'A provider refuses our signature when it is asked how issuances stand',
  'provider-refused-login': 'A provider refuses our credentials when it is asked how issuances stand',
};

/** How many issuances reached this status, per five minutes. */
export function statusMetric(environment: string, status: string): Metric {
  return counted(environment, 'moved', status).with({ label: status });
}

/** Rings for every issuance that waits for a person, and for failures that only a person can end. */
export class OutcomeAlarms extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const {
      environment: { environment, programs },
      alarmTopic: topic,
    } = deployment;
    const add = (key: MetricKey, values: Record<string, string>, periods = 1) => {
      for (const [value, says] of Object.entries(values)) {
        const metric = counted(environment, key, value);
        addAlarm(this, `${key}-${value}-alarm`, { topic, metric, says, runbook: value, periods });
      }
    };
    add('moved', statuses);
    add('reasons', reasons);
    for (const program of Object.keys(programs)) {
      addAlarm(this, `circuit-${program}-alarm`, {
        topic,
        metric: counted(environment, 'circuits', program),
        says: `Nothing is sent to the provider for the program ${program}: it fails or refuses us each time`,
        runbook: 'circuit-open',
      });
    }
    add('checksFailed', checks);
    add('delayed', delays, 6);
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
