/** The scheduled function that moves issuances which no other part has moved. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { releasesUnderCeilings } from '../../lib/config/releases.ts';
import type { FunctionDeployment } from '../deployment.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
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
    new Rule(this, 'Schedule', {
      description: 'Moves issuances that are overdue',
      schedule: Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [new LambdaFunction(this.function, { retryAttempts: 0 })],
    });
  }
}
