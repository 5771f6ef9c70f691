/** Alarms for work that does not move, whatever the cause, and for missing measurements. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { waitAlarms } from '../../lib/issuance/error-codes.ts';
import { lifeCycle, statusesWith } from '../../lib/issuance/status.ts';
import type { Deployment } from '../deployment.ts';
import { addAlarm } from './alarm.ts';
import { ownMetric } from './own-metric.ts';

const period = Duration.minutes(1);
/** With a measurement every five minutes and a few minutes for metric and alarm, the alarm triggers within a quarter of an hour. */
const longestWait = Duration.minutes(7);

/** Every alarm here counts from the time at which an issuance was accepted, not from a single attempt. */
export class WaitingAlarms extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    this.addMeasures(deployment);
    this.addReasons(deployment);
  }

  /** Alarms on the measurements of reconcile, and on their absence. */
  private addMeasures(deployment: Deployment): void {
    const { environment, limits } = deployment.environment;
    for (const status of statusesWith('stage', 'under-way')) {
      addAlarm(this, `${status}-alarm`, {
        deployment,
        metric: ownMetric(environment, 'waiting', status).with({ period, statistic: Stats.MAXIMUM }),
        threshold: longestWait.toSeconds(),
        // The alarm stays active from one run of reconcile to the next.
        periods: limits.reconcileMinutes + 2,
        breachingPeriods: 1,
        says: lifeCycle[status].alarm,
        runbook: 'work-not-moving',
      });
    }
    addAlarm(this, 'reconcile-silent-alarm', {
      deployment,
      metric: ownMetric(environment, 'waiting', 'queued').with({ period, statistic: Stats.SAMPLE_COUNT }),
      // One run may be missed.
      periods: limits.reconcileMinutes + 4,
      ringsWhenMissing: true,
      says: 'Reconcile has written no measurement for two runs: work that does not move would not be noticed',
      runbook: 'reconcile-silent',
    });
  }

  /** Each reason for which an issuance waits or is not confirmed; a code without its minutes does not compile. */
  private addReasons(deployment: Deployment): void {
    const { environment } = deployment.environment;
    for (const { code, title, minutes } of waitAlarms()) {
      addAlarm(this, `delayed-${code}-alarm`, {
        deployment,
        metric: ownMetric(environment, 'delayedFor', code).with({ period, statistic: Stats.MAXIMUM }),
        threshold: Duration.minutes(minutes).toSeconds(),
        // Attempts are up to a quarter of an hour apart.
        periods: 20,
        breachingPeriods: 1,
        says: `An issuance has waited for ${minutes} minutes or more: ${title}`,
        runbook: code,
      });
      addAlarm(this, `unanswered-${code}-alarm`, {
        deployment,
        metric: ownMetric(environment, 'unansweredFor', code).with({ period, statistic: Stats.MAXIMUM }),
        // Most issuances are confirmed by then. Twice, because a single status request may fail.
        threshold: Duration.minutes(5).toSeconds(),
        periods: 30,
        breachingPeriods: 2,
        says: `Status requests to the provider fail: ${title}`,
        runbook: code,
      });
    }
  }
}
