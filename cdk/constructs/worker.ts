/** The function that receives issuances from the queue and submits them to the provider. */
import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentFile } from '../../lib/config/deployed-names.ts';
import { directoryTables } from '../../lib/config/directory-tables.ts';
import type { FunctionDeployment } from '../deployment.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
import { BackendFunction } from './backend-function.ts';
import type { Poller } from './poller.ts';

/** Reads the queue in batches, with a limit on concurrent invocations that protects the provider. */
export class Worker extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, deployment: FunctionDeployment, parts: StatefulParts & { poller: Poller }) {
    super(scope, id);
    const { table, queue, secrets, events, poller } = parts;
    this.function = new BackendFunction(this, 'Worker', {
      name: 'worker',
      deployment,
      timeoutSeconds: deployment.timings.functionSeconds,
      // A batch of concurrent signatures: twice the memory is twice the processor.
      memoryMegabytes: 1024,
      variables: {
        ENVIRONMENT_FILE: environmentFile,
        TABLE_NAME: table.table.tableName,
        QUEUE_URL: queue.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: queue.deadLetters.queueUrl,
        PSEUDONYM_KEY_SECRET: secrets.pseudonymKey.secretArn,
        SIGNING_KEYS_SECRET: secrets.signingKeys.secretArn,
        PROVIDER_ACCOUNTS_SECRET: secrets.providerAccounts.secretArn,
        EVENT_BUS_NAME: events.bus.eventBusName,
        POLLER_STATE_MACHINE_ARN: poller.first.stateMachine.stateMachineArn,
      },
      access: [
        ...table.recordAccess('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
        queue.consumeAccess(),
        queue.sendAccess(),
        queue.sendAccess(queue.deadLetters),
        ...secrets.readAccess(secrets.signingKeys, secrets.providerAccounts, secrets.pseudonymKey),
        poller.startAccess(),
        events.putAccess(),
        ...this.directoryAccess(deployment),
      ],
      // A retry is a new message. Lambda would take that for a loop and drop the message after about 16 rounds; we send up to
      // ten, and an internal error may need more.
      recursiveLoop: RecursiveLoop.ALLOW,
    }).function;
    this.readQueue(deployment, parts);
  }

  /** One item by its key, of exactly the tables in which sources look up holders. */
  private directoryAccess({ environment }: FunctionDeployment): PolicyStatement[] {
    const resources = directoryTables(environment).map((table) =>
      table.startsWith('arn:')
        ? table
        : Stack.of(this).formatArn({ service: 'dynamodb', resource: 'table', resourceName: table }),
    );
    return resources.length === 0 ? [] : [new PolicyStatement({ actions: ['dynamodb:GetItem'], resources })];
  }

  private readQueue({ environment: { limits } }: FunctionDeployment, { queue }: StatefulParts): void {
    new EventSourceMapping(this, 'Batches', {
      target: this.function,
      eventSourceArn: queue.queue.queueArn,
      batchSize: limits.workerBatchSize,
      maxBatchingWindow: Duration.seconds(limits.workerBatchSeconds),
      maxConcurrency: limits.workerConcurrency,
      reportBatchItemFailures: true,
    });
  }
}
