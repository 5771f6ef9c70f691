/** The rotation function bound to AWS: Secrets Manager's rotation, and requests of operators. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { jwksSite } from '../../lib/aws/jwks-site.ts';
import { log } from '../../lib/aws/log.ts';
import { ringSecret } from '../../lib/aws/ring-secret.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import type { RotationPorts } from '../../lib/signing/rotation.ts';
import { answer } from './handler.ts';

const variables = readFunctionEnvironment('rotate-signing-key');
const secrets = new SecretsManagerClient(clientSettings);

const ports: Omit<RotationPorts, 'secret'> = {
  site: jwksSite(new S3Client(clientSettings), new CloudFrontClient(clientSettings), {
    bucket: variables.JWKS_BUCKET,
    distributionId: variables.JWKS_DISTRIBUTION_ID,
    url: variables.JWKS_URL,
  }),
  log: log('rotate-signing-key'),
  now: () => new Date(),
  publicMs: Number(variables.KEY_PUBLIC_MINUTES) * 60_000,
  pause: () => sleep(4000),
};

export const handler = (event: unknown) =>
  answer(event, (secretId = variables.SIGNING_KEYS_SECRET) => ({ ...ports, secret: ringSecret(secrets, secretId) }));
