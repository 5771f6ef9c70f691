/** Alarms on how issuances end, from the metrics the functions write. */
import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MetricKey } from '../../lib/config/metrics.ts';
import type { ErrorCode } from '../../lib/issuance/error-codes.ts';
import { parts } from '../../lib/issuance/log-events.ts';
import { lookupName } from '../../lib/issuance/lookup-name.ts';
import { lifeCycle, statusesWith } from '../../lib/issuance/status.ts';
import type { Deployment } from '../deployment.ts';
import { addAlarm } from './alarm.ts';
import { ownMetric } from './own-metric.ts';

// By value of the metric's dimension: what is wrong when this value is counted.
const reasons = {
  'provider-refused-signature':
    'A provider refused our signature: it does not accept the JWKS, the partner id or the clock',
  'provider-refused-login': 'A provider refused our API key or client credentials',
  'provider-feature-disabled': 'A provider has not enabled issuing on behalf for our account',
  'provider-program-not-found': 'A provider does not know an issuer or program of the configuration',
  'retries-exhausted': 'A provider or a directory was unavailable for longer than the retry period',
} satisfies Partial<Record<ErrorCode, string>>;

const checks = {
  'provider-refused-signature': 'A provider refuses our signature in status requests',
  'provider-refused-login': 'A provider refuses our API key or client credentials in status requests',
} satisfies Partial<Record<ErrorCode, string>>;

/** How many issuances reached this status, per five minutes. */
export function statusMetric(environment: string, status: string): Metric {
  return counted(environment, 'moved', status).with({ label: status });
}

/** Triggers for every issuance that waits for a person, and for failures that only a person can resolve. */
export class OutcomeAlarms extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const { environment, programs, sources } = deployment.environment;
    const add = (key: MetricKey, values: Record<string, string>) => {
      for (const [value, says] of Object.entries(values)) {
        const metric = counted(environment, key, value);
        addAlarm(this, `${key}-${value}-alarm`, { deployment, metric, says, runbook: value });
      }
    };
    const parked = statusesWith('stage', 'parked');
    add('moved', Object.fromEntries(parked.map((status) => [status, lifeCycle[status].alarm])));
    add('reasons', reasons);
    for (const program of Object.keys(programs)) {
      addAlarm(this, `unrecognized-${program}-alarm`, {
        deployment,
        metric: counted(environment, 'unrecognized', program),
        says: `The provider of the program ${program} answered with a status that is not in its contract`,
        runbook: 'status-unrecognized',
      });
      addAlarm(this, `in-vain-${program}-alarm`, {
        deployment,
        metric: counted(environment, 'inVain', program),
        says: `Issuances of the program ${program} were superseded by a newer one that then failed: their holders have neither`,
        runbook: 'superseded-in-vain',
      });
      addAlarm(this, `circuit-${program}-alarm`, {
        deployment,
        metric: counted(environment, 'circuits', program),
        says: `The circuit breaker of the program ${program} is open: calls to its provider fail or are refused`,
        runbook: 'circuit-open',
      });
    }
    const webhooks = Object.entries(sources).filter(([, { proof, unusable }]) => proof && unusable !== 'refuse');
    for (const [source] of webhooks) {
      addAlarm(this, `unusable-${source}-alarm`, {
        deployment,
        metric: counted(environment, 'unusable', source),
        says: `Webhooks of the source ${source} cannot be used; they were acknowledged and are kept for an operator`,
        runbook: 'unusable-events',
      });
    }
    add('checksFailed', checks);
    for (const [source, { lookup }] of Object.entries(sources)) {
      if (lookup === undefined) continue;
      addAlarm(this, `circuit-lookup-${source}-alarm`, {
        deployment,
        metric: counted(environment, 'circuits', lookupName(source)),
        says: `The circuit breaker of the directory of the source ${source} is open: look-ups fail or are refused`,
        runbook: 'circuit-open',
      });
    }
    addAlarm(this, 'holders-not-found-alarm', {
      deployment,
      metric: counted(environment, 'reasons', 'holder-not-found' satisfies ErrorCode),
      // A single person who is missing is the business's matter; many are a wrong address, key or expression.
      threshold: 10,
      says: 'Directories do not know ten or more holders within five minutes: the look-up may be wrong',
      runbook: 'holder-not-found',
    });
    for (const part of parts) {
      addAlarm(this, `unexpected-${part}-alarm`, {
        deployment,
        metric: counted(environment, 'unexpected', part),
        says:
          part === 'announce'
            ? 'The event bus rejects events; they are stored and published later'
            : `The function ${part} met an unexpected error, such as a missing permission or a service that refuses requests`,
        runbook: 'unexpected-errors',
      });
    }
  }
}

function counted(environment: string, key: MetricKey, value: string): Metric {
  return ownMetric(environment, key, value).with({ statistic: 'Sum', period: Duration.minutes(5) });
}
