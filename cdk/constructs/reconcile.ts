/** The scheduled function that moves issuances which no other part has moved. */
import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { releasesUnderCeilings } from '../../lib/config/releases.ts';
import type { FunctionDeployment } from '../deployment.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
import { addAlarm } from './alarm.ts';
import { BackendFunction } from './backend-function.ts';
import type { Poller } from './poller.ts';

const longestSeconds = 300;

/** Function and schedule; a run ends before the next run starts. */
export class Reconcile extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, deployment: FunctionDeployment, parts: StatefulParts & { poller: Poller }) {
    super(scope, id);
    const { table, queue, poller, events } = parts;
    const { limits } = deployment.environment;
    const everyMinutes = limits.reconcileMinutes;
    this.function = new BackendFunction(this, 'Reconcile', {
      name: 'reconcile',
      deployment,
      timeoutSeconds: Math.min(60 * everyMinutes, longestSeconds),
      variables: {
        TABLE_NAME: table.table.tableName,
        QUEUE_URL: queue.queue.queueUrl,
        POLLER_STATE_MACHINE_ARN: poller.first.stateMachine.stateMachineArn,
        EVENT_BUS_NAME: events.bus.eventBusName,
        RETRY_HOURS: String(limits.retryHours),
        // One per place of the worker: a call takes about a second, and new issuances need places too.
        RELEASES_PER_SECOND: String(limits.workerConcurrency * limits.workerBatchSize),
        PROGRAM_RELEASES_PER_SECOND: JSON.stringify(releasesUnderCeilings(deployment.environment)),
        RETENTION_DAYS: String(limits.retentionDays),
      },
      access: [
        ...table.recordAccess('GetItem', 'BatchGetItem', 'PutItem'),
        ...table.listAccess(),
        queue.sendAccess(),
        poller.startAccess(),
        events.putAccess(),
      ],
    }).function;
    this.schedule(deployment);
  }

  /** A run that EventBridge cannot start is kept, because it says why; the next run does its work. */
  private schedule(deployment: FunctionDeployment): void {
    const { reconcileMinutes } = deployment.environment.limits;
    const every = Duration.minutes(reconcileMinutes);
    const deadLetterQueue = new Queue(this, 'NotStarted', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(deadLetterQueue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is the dead-letter queue of the schedule, which refers to it; nothing is processed from it.',
    });
    new Rule(this, 'Schedule', {
      description: 'Moves issuances that are overdue',
      schedule: Schedule.rate(every),
      // A start that is late by more than an interval is replaced by the next one.
      targets: [new LambdaFunction(this.function, { retryAttempts: 2, maxEventAge: every, deadLetterQueue })],
    });
    addAlarm(this, 'NotStartedAlarm', {
      deployment,
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      says: 'EventBridge could not start reconcile: the queue of these starts says why',
      runbook: 'reconcile-not-started',
    });
  }
}
