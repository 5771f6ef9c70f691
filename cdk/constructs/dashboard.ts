/** The dashboard of an environment. */
import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { isResting, statuses } from '../../lib/issuance/status.ts';
import { partName } from '../names.ts';
import type { Api } from './api.ts';
import type { IssuanceQueue } from './issuance-queue.ts';
import { statusMetric } from './outcome-alarms.ts';

interface DashboardProps {
  environment: string;
  region: string;
  api: Api;
  queue: IssuanceQueue;
  functions: IFunction[];
}

/** Ends of issuances, the queue, the API and the functions. */
export class OverviewDashboard extends Construct {
  constructor(scope: Construct, id: string, { environment, region, api, queue, functions }: DashboardProps) {
    super(scope, id);
    const period = Duration.minutes(5);
    const resting = statuses.filter(isResting);
    const row = [
      new GraphWidget({
        title: 'Issuances ended or parked',
        left: resting.map((end) => statusMetric(environment, end)),
      }),
      new GraphWidget({
        title: 'Queue',
        left: [
          queue.queue.metricApproximateNumberOfMessagesVisible({ label: 'waiting' }),
          queue.deadLetters.metricApproximateNumberOfMessagesVisible({ label: 'dead letters' }),
        ],
        right: [queue.queue.metricApproximateAgeOfOldestMessage({ label: 'oldest (s)' })],
      }),
      new GraphWidget({
        title: 'API',
        left: [api.api.metricCount({ period }), api.api.metricServerError({ period })],
        right: [api.api.metricLatency({ period, statistic: 'p99', label: 'p99 (ms)' })],
      }),
      new GraphWidget({
        title: 'Functions: errors and p99 of duration (ms)',
        left: functions.map((each) => each.metricErrors({ period })),
        right: functions.map((each) => each.metricDuration({ period, statistic: 'p99' })),
      }),
    ];
    new Dashboard(this, 'Dashboard', {
      // The dashboards of all regions of an account have one space of names.
      dashboardName: partName(environment, `overview-${region}`),
      widgets: [row.slice(0, 2), row.slice(2)],
    });
  }
}
