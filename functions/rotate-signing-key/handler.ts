/** Secrets Manager's rotation of the signing keys, bound to AWS. */
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerRotationEvent } from 'aws-lambda';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { jwksSite } from '../../lib/aws/jwks-site.ts';
import { log } from '../../lib/aws/log.ts';
import { ringSecret } from '../../lib/aws/ring-secret.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { rotate } from '../../lib/signing/rotation.ts';

const variables = readFunctionEnvironment('rotate-signing-key');
const secrets = new SecretsManagerClient(clientSettings);
const site = jwksSite(new S3Client(clientSettings), new CloudFrontClient(clientSettings), {
  bucket: variables.JWKS_BUCKET,
  distributionId: variables.JWKS_DISTRIBUTION_ID,
  url: variables.JWKS_URL,
});
const rotationLog = log('rotate-signing-key');

export const handler = ({ Step, SecretId, ClientRequestToken }: SecretsManagerRotationEvent) =>
  rotate(Step, ClientRequestToken, { secret: ringSecret(secrets, SecretId), site, log: rotationLog });
