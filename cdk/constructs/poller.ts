/** The function that requests the status of submitted issuances, and the state machines that call it until they have ended. */
import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { environmentFile } from '../../lib/config/deployed-names.ts';
import type { FunctionDeployment } from '../deployment.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
import { BackendFunction } from './backend-function.ts';
import { expressPoller, type PollerDefinitionProps, standardPoller } from './poller-definition.ts';
import { PollerMachine } from './poller-machine.ts';

/** Function and state machines; worker and reconcile start executions of the first one. */
export class Poller extends Construct {
  readonly function: IFunction;
  /** Polls until the deadline. */
  readonly standard: PollerMachine;
  /** Where an execution begins: EXPRESS, unless a check may take so long that it does not fit into five minutes. */
  readonly first: PollerMachine;

  constructor(scope: Construct, id: string, deployment: FunctionDeployment, parts: StatefulParts) {
    super(scope, id);
    this.function = this.createFunction(deployment, parts);
    const { environment, timings } = deployment;
    const { partition } = Stack.of(this);
    const common = {
      pollerArn: this.function.functionArn,
      checkSeconds: timings.checkSeconds,
      partition,
      runbook: deployment.runbook,
    };
    this.standard = new PollerMachine(this, deployment, {
      name: 'poller',
      type: StateMachineType.STANDARD,
      definition: standardPoller({
        ...common,
        executionSeconds: environment.limits.pollDeadlineHours * 3600 + 3600,
      }),
      poller: this.function,
    });
    this.standard.allowStart(this.standard);
    this.first = timings.expressSeconds > 0 ? this.createExpress(deployment, common) : this.standard;
  }

  /** The permission to start an execution. */
  startAccess(): PolicyStatement {
    return this.first.startAccess();
  }

  private createExpress(deployment: FunctionDeployment, common: PollerDefinitionProps): PollerMachine {
    const machine = new PollerMachine(new Construct(this, 'Express'), deployment, {
      name: 'poller-express',
      type: StateMachineType.EXPRESS,
      definition: expressPoller({ ...common, nextArn: this.standard.stateMachine.stateMachineArn }),
      poller: this.function,
    });
    machine.allowStart(this.standard);
    return machine;
  }

  private createFunction(deployment: FunctionDeployment, parts: StatefulParts): IFunction {
    const { table, secrets, events } = parts;
    return new BackendFunction(this, 'CheckStatus', {
      name: 'poller',
      deployment,
      timeoutSeconds: deployment.timings.functionSeconds,
      variables: {
        ENVIRONMENT_FILE: environmentFile,
        TABLE_NAME: table.table.tableName,
        SIGNING_KEYS_SECRET: secrets.signingKeys.secretArn,
        PROVIDER_ACCOUNTS_SECRET: secrets.providerAccounts.secretArn,
        EVENT_BUS_NAME: events.bus.eventBusName,
      },
      access: [
        ...table.recordAccess('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
        ...secrets.readAccess(secrets.signingKeys, secrets.providerAccounts),
        events.putAccess(),
      ],
    }).function;
  }
}
