/** A function in the standard form: bundle, role, log group, environment variables and alarms. */
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, type RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionEnvironment, FunctionName } from '../../lib/config/function-environment.ts';
import { metricsNamespace } from '../../lib/config/metrics.ts';
import type { FunctionDeployment } from '../deployment.ts';
import { partName, serviceName } from '../names.ts';
import { addAlarm } from './alarm.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';

interface BackendFunctionProps<Name extends FunctionName> {
  name: Name;
  deployment: FunctionDeployment;
  /** The environment variables that the function reads; a missing variable does not compile. */
  variables: FunctionEnvironment<Name>;
  timeoutSeconds: number;
  /** Default: 512. */
  memoryMegabytes?: number;
  /** All permissions of the function, in addition to writing its log. */
  access: PolicyStatement[];
  recursiveLoop?: RecursiveLoop;
}

/** A function with least privilege, and alarms for errors and throttles. */
export class BackendFunction<Name extends FunctionName> extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: BackendFunctionProps<Name>) {
    super(scope, id);
    const { deployment, name } = props;
    const environment = deployment.environment.environment;
    const share = shareOf(name, deployment);
    const logGroup = new EncryptedLogGroup(this, 'Logs', { deployment, name }).logGroup;
    this.function = new LambdaFunction(this, 'Function', {
      functionName: partName(environment, name),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(deployment.bundles, name)),
      role: this.createRole(logGroup, props.access),
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMegabytes ?? 512,
      ...(share === undefined ? {} : { reservedConcurrentExecutions: share }),
      logGroup,
      environment: {
        ...props.variables,
        POWERTOOLS_SERVICE_NAME: serviceName(environment),
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
      },
      ...(props.recursiveLoop === undefined ? {} : { recursiveLoop: props.recursiveLoop }),
    });
    this.addAlarms(props);
  }

  private createRole(logGroup: LogGroup, access: PolicyStatement[]): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const writeLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    for (const statement of [writeLog, ...access]) role.addToPolicy(statement);
    return role;
  }

  private addAlarms({ name, deployment }: BackendFunctionProps<Name>): void {
    const period = Duration.minutes(5);
    addAlarm(this, 'ErrorsAlarm', {
      deployment,
      metric: this.function.metricErrors({ period, statistic: 'Sum' }),
      says: `The function ${name} failed or timed out`,
      runbook: `${name}-errors`,
    });
    addAlarm(this, 'ThrottlesAlarm', {
      deployment,
      metric: this.function.metricThrottles({ period, statistic: 'Sum' }),
      // At its maximum, a function is throttled from time to time, and its caller tries again.
      periods: shareOf(name, deployment) === undefined ? 1 : 2,
      says: `The function ${name} was throttled: its share of the concurrency, or the account's, is used up`,
      runbook: 'throttles',
    });
  }
}

/** The share of the account's concurrency that is reserved for the function, if any. */
function shareOf(name: FunctionName, { environment }: FunctionDeployment): number | undefined {
  const shares: Partial<Record<FunctionName, number | undefined>> = environment.limits.concurrency;
  return shares[name];
}
