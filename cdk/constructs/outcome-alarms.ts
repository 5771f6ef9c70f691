/** Alarms on how issuances end, from the metrics the functions write. */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { metricNames, metricsNamespace, serviceName } from '../metrics.ts';
import { addAlarm } from './alarm.ts';

/** How many issuances reached this status, per period. */
export function endedMetric(environment: string, status: string): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName: metricNames.issuancesEnded,
    dimensionsMap: { service: serviceName(environment), status },
    label: status,
    statistic: 'sum',
    period: Duration.minutes(5),
  });
}

/** Rings for every issuance that waits for a person, and when a provider no longer takes our signature. */
export class OutcomeAlarms extends Construct {
  constructor(scope: Construct, id: string, { environment: { environment }, alarmTopic: topic }: Deployment) {
    super(scope, id);
    addAlarm(this, 'UncertainAlarm', {
      topic,
      metric: endedMetric(environment, 'uncertain'),
      says: 'It could not be found out whether a credential was issued; a person has to decide',
      runbook: 'uncertain',
    });
    addAlarm(this, 'UnconfirmedAlarm', {
      topic,
      metric: endedMetric(environment, 'unconfirmed'),
      says: 'A provider has not confirmed a credential in time',
      runbook: 'unconfirmed',
    });
    addAlarm(this, 'SignatureAlarm', {
      topic,
      metric: new Metric({
        namespace: metricsNamespace,
        metricName: metricNames.signatureRefusals,
        dimensionsMap: { service: serviceName(environment) },
        statistic: 'sum',
        period: Duration.minutes(5),
      }),
      says: 'A provider refused our signature: key set, partner id or clock is not what it expects',
      runbook: 'signature-refused',
    });
  }
}
