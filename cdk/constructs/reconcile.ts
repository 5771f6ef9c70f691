/** The scheduled function that picks up what fell between two parts. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionDeployment } from '../deployment.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
import { BackendFunction } from './backend-function.ts';
import type { Poller } from './poller.ts';

const longestSeconds = 300;

/** Function and schedule; a run has ended before the next one starts. */
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
        POLLER_STATE_MACHINE_ARN: poller.stateMachine.stateMachineArn,
        EVENT_BUS_NAME: events.bus.eventBusName,
        RETRY_HOURS: String(limits.retryHours),
        // One for each place the worker has: a call takes about a second, and what is new needs places too.
        RELEASES_PER_SECOND: String(limits.workerConcurrency * limits.workerBatchSize),
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
      description: 'Looks for issuances that nobody works on any more',
      schedule: Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [new LambdaFunction(this.function, { retryAttempts: 0 })],
    });
  }
}
