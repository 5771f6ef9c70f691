/** The rotation of the signing keys: Secrets Manager calls the function for each of its four steps. */
import { Aws } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { FunctionDeployment } from '../deployment.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
import { BackendFunction } from './backend-function.ts';

// Creates up to two RSA keys and publishes them, or waits until the public address shows them: ten reads, four seconds apart.
const timeoutSeconds = 60;

/** Function and schedule; the first run, during the first deployment, creates the first keys. */
export class KeyRotation extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, deployment: FunctionDeployment, parts: StatefulParts) {
    super(scope, id);
    const { secrets, jwks } = parts;
    const { function: rotation } = new BackendFunction(this, 'Rotation', {
      name: 'rotate-signing-key',
      deployment,
      timeoutSeconds,
      variables: {
        JWKS_BUCKET: jwks.bucket.bucketName,
        JWKS_DISTRIBUTION_ID: jwks.distribution.distributionId,
        JWKS_URL: jwks.url,
        SIGNING_KEYS_SECRET: secrets.signingKeys.secretArn,
        KEY_PUBLIC_MINUTES: String(deployment.environment.limits.keyPublicMinutes),
      },
      access: [...secrets.rotateAccess(secrets.signingKeys), ...jwks.publishAccess()],
    });
    this.function = rotation;
    rotation.addPermission('SecretsManager', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: Aws.ACCOUNT_ID,
    });
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: secrets.signingKeys.secretArn,
      rotationLambdaArn: rotation.functionArn,
      rotationRules: { scheduleExpression: `rate(${deployment.environment.limits.keyRotationDays} days)` },
      rotateImmediatelyOnUpdate: true,
    });
    // Secrets Manager calls the function when the schedule is created: role and permission must exist.
    schedule.node.addDependency(rotation);
  }
}
