/** The least permissions of each operator's command, with the resources of one environment. */
import { product } from '../lib/config/deployed-names.ts';
import { type OutputName, partName } from './names.ts';
import policies from './operator-policies.json' with { type: 'json' };

/** A command of iob that works on an environment. A new one needs an entry in operator-policies.json. */
export type OperatorCommand = keyof typeof policies;

/** All of them. */
export const operatorCommands = Object.keys(policies) as OperatorCommand[];

/** An IAM policy. */
export interface OperatorPolicy {
  Version: '2012-10-17';
  Statement: Record<string, unknown>[];
}

/** The value of a stack's output; throws if there is none. */
type Output = (name: OutputName) => string;

/** The values of the placeholders: ARNs from the outputs of the stacks, and from names. */
function valuesOf(environment: string, output: Output): Record<string, () => string> {
  const [, partition, , region = '', account] = output('SigningKeysSecretArn').split(':');
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const queueArn = (url: string) => arn('sqs', url.split('/').at(-1) ?? '');
  return {
    Region: () => region,
    Alarms: () => arn('cloudwatch', `alarm:${partName(environment, '*')}`),
    DeadLetterQueueArn: () => queueArn(output('DeadLetterQueueUrl')),
    EventBusArn: () => arn('events', `event-bus/${output('EventBusName')}`),
    KeyAlias: () => `alias/${product}-${environment}`,
    Keys: () => arn('kms', 'key/*'),
    PseudonymKeySecretArn: () => output('PseudonymKeySecretArn'),
    QueueArn: () => queueArn(output('QueueUrl')),
    RotationFunctionArn: () => arn('lambda', `function:${partName(environment, 'rotate-signing-key')}`),
    SigningKeysSecretArn: () => output('SigningKeysSecretArn'),
    SourceSecretsSecretArn: () => output('SourceSecretsSecretArn'),
    Stacks: () => arn('cloudformation', `stack/${partName(environment, '*')}`),
    TableArn: () => arn('dynamodb', `table/${output('TableName')}`),
    Topics: () => arn('sns', partName(environment, 'stateful-*')),
  };
}

/** The policy to attach to the role or user that runs the command. Throws for a placeholder without a value. */
export function operatorPolicy(command: OperatorCommand, environment: string, output: Output): OperatorPolicy {
  const values = valuesOf(environment, output);
  const text = JSON.stringify(policies[command]).replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The policy of ${command} names ${name}, which has no value`);
    return value();
  });
  const statements = JSON.parse(text) as Record<string, unknown>[];
  return { Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) };
}

/** The access key id under which a command works on the local run, which knows the command's policy by it. */
export function operatorKeyId(command: OperatorCommand): string {
  return `iob-${command}`;
}
