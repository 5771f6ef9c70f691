/** A log group that is encrypted with the environment's key and has the environment's retention. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Limits } from '../../lib/config/environment.ts';
import type { Deployment } from '../deployment.ts';
import { logGroupPrefix } from '../names.ts';

const retentions: Record<Limits['logRetentionDays'], RetentionDays> = {
  '7': RetentionDays.ONE_WEEK,
  '30': RetentionDays.ONE_MONTH,
  '90': RetentionDays.THREE_MONTHS,
  '365': RetentionDays.ONE_YEAR,
};

/** The log group of one part. Its name is fixed, so it is deleted with its stack, and the next stack can use the name again. */
export class EncryptedLogGroup extends Construct {
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: { deployment: Deployment; name: string }) {
    super(scope, id);
    const { environment, key } = props.deployment;
    this.logGroup = new LogGroup(this, 'Group', {
      logGroupName: `${logGroupPrefix(environment.environment)}${props.name}`,
      retention: retentions[environment.limits.logRetentionDays],
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
