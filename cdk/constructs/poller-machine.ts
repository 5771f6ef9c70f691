/** One state machine of the poller, with its log, its permissions and its alarm. */
import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, LogLevel, StateMachine, type StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { FunctionDeployment } from '../deployment.ts';
import { partName } from '../names.ts';
import { addAlarm } from './alarm.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';

interface PollerMachineProps {
  /** Its name within the environment. */
  name: string;
  type: StateMachineType;
  definition: object;
  /** The function that its executions call. */
  poller: IFunction;
}

/** Creates its constructs directly in the scope that it is given, which names them. */
export class PollerMachine {
  readonly stateMachine: StateMachine;
  /** By name: a reference from a machine's role to the machine would be a cycle. */
  readonly arn: string;

  constructor(scope: Construct, deployment: FunctionDeployment, props: PollerMachineProps) {
    const { environment } = deployment;
    const stateMachineName = partName(environment.environment, props.name);
    this.arn = Stack.of(scope).formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: stateMachineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.stateMachine = new StateMachine(scope, 'StateMachine', {
      stateMachineName,
      stateMachineType: props.type,
      definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(props.definition)),
      logs: {
        destination: new EncryptedLogGroup(scope, 'Logs', { deployment, name: `${props.name}-executions` }).logGroup,
        // A STANDARD execution keeps its own history for 90 days; of an EXPRESS one only failures are worth their log.
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.poller.functionArn] }),
    );
    this.acknowledge();
    this.addAlarms(scope, deployment);
  }

  /** The permission to start an execution. */
  startAccess(): PolicyStatement {
    return new PolicyStatement({
      actions: ['states:StartExecution'],
      resources: [this.stateMachine.stateMachineArn],
    });
  }

  /** Lets executions of this machine start executions of another, or of itself. */
  allowStart(next: PollerMachine): void {
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [next.arn] }),
    );
  }

  private acknowledge(): void {
    Validations.of(this.stateMachine).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'The log delivery actions of CloudWatch Logs do not support resources; all other permissions name their resources.',
      },
      {
        id: 'AwsSolutions-SF1',
        reason:
          'The history of a STANDARD execution shows every step for 90 days, and the poller function logs every round; the log has the failures.',
      },
      {
        id: 'AwsSolutions-SF2',
        reason: 'The poller function logs every round; tracing would need permissions on every resource.',
      },
    );
  }

  private addAlarms(scope: Construct, deployment: FunctionDeployment): void {
    const period = Duration.minutes(5);
    addAlarm(scope, 'ExecutionsAlarm', {
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
