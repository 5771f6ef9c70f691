/** The function that requests the status of submitted issuances, and the state machine that calls it until they have ended. */
import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { environmentFile } from '../../lib/config/deployed-names.ts';
import type { FunctionDeployment } from '../deployment.ts';
import { partName } from '../names.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
import { addAlarm } from './alarm.ts';
import { BackendFunction } from './backend-function.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { pollerDefinition } from './poller-definition.ts';

/** Function and state machine; worker and reconcile start executions. */
export class Poller extends Construct {
  readonly function: IFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, deployment: FunctionDeployment, parts: StatefulParts) {
    super(scope, id);
    this.function = this.createFunction(deployment, parts);
    this.stateMachine = this.createStateMachine(deployment);
    this.allowRun(deployment);
    this.addAlarms(deployment);
  }

  /** The permission to start an execution. */
  startAccess(): PolicyStatement {
    return new PolicyStatement({
      actions: ['states:StartExecution'],
      resources: [this.stateMachine.stateMachineArn],
    });
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

  private createStateMachine(deployment: FunctionDeployment): StateMachine {
    const { environment, timings } = deployment;
    const definition = pollerDefinition({
      pollerArn: this.function.functionArn,
      checkSeconds: timings.functionSeconds + 5,
      executionSeconds: environment.limits.pollDeadlineHours * 3600 + 3600,
      partition: Stack.of(this).partition,
      runbook: deployment.runbook,
    });
    return new StateMachine(this, 'StateMachine', {
      stateMachineName: partName(environment.environment, 'poller'),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      logs: {
        destination: new EncryptedLogGroup(this, 'Logs', { deployment, name: 'poller-executions' }).logGroup,
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
  }

  private allowRun({ environment }: FunctionDeployment): void {
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }),
    );
    // By name: a reference would be a cycle between the state machine and its role.
    const itself = Stack.of(this).formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: partName(environment.environment, 'poller'),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.stateMachine.addToRolePolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [itself] }));
    Validations.of(this.stateMachine).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'The log delivery actions of CloudWatch Logs do not support resources; all other permissions name their resources.',
      },
      {
        id: 'AwsSolutions-SF2',
        reason:
          'The history of a STANDARD execution shows every step; tracing would need permissions on every resource.',
      },
    );
  }

  private addAlarms(deployment: FunctionDeployment): void {
    const period = Duration.minutes(5);
    addAlarm(this, 'ExecutionsAlarm', {
      deployment,
      metric: new MathExpression({
        expression: 'failed + timedOut',
        label: 'Executions that failed or timed out',
        period,
        usingMetrics: {
          failed: this.stateMachine.metricFailed({ period, statistic: 'Sum' }),
          timedOut: this.stateMachine.metricTimedOut({ period, statistic: 'Sum' }),
        },
      }),
      says: 'A poller execution failed or timed out',
      runbook: 'poller-executions',
    });
  }
}
