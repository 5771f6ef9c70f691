/** The customer-managed key of an environment, and the permissions of services to use it. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { product } from '../../lib/config/deployed-names.ts';
import { logGroupPrefix } from '../names.ts';

/** The key; functions get their permissions for it from their own roles. */
export class EncryptionKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, environment: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      alias: `alias/${product}-${environment}`,
      description: `Encrypts table, secrets, logs and alarms of ${product} ${environment}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.allowLogs(environment);
    this.allowAlarms();
  }

  private allowLogs(environment: string): void {
    const { partition, region, account } = Stack.of(this);
    const groups = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupPrefix(environment)}*`;
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EncryptLogGroups',
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
      }),
    );
  }

  // Without a condition: CloudWatch calls KMS itself, and AWS documents no condition key that it sends
  // (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services). An alarm that KMS refuses
  // is lost without a trace. Which alarms may publish is decided by the topic's policy.
  private allowAlarms(): void {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EncryptAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
  }
}
