/** The signing key secret in Secrets Manager, as the rotation uses it. */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { RingSecret } from '../signing/rotation.ts';

export function ringSecret(client: SecretsManagerClient, secretId: string): RingSecret {
  const describe = async () =>
    (await client.send(new DescribeSecretCommand({ SecretId: secretId }))).VersionIdsToStages ?? {};
  return {
    async read(stage, version) {
      try {
        const command = { SecretId: secretId, VersionStage: stage, ...(version && { VersionId: version }) };
        return (await client.send(new GetSecretValueCommand(command))).SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async stagesOf(version) {
      return (await describe())[version];
    },
    async stagePending(version, text) {
      const command = {
        SecretId: secretId,
        ClientRequestToken: version,
        SecretString: text,
        VersionStages: ['AWSPENDING'],
      };
      await client.send(new PutSecretValueCommand(command));
    },
    async promote(version) {
      const stages = Object.entries(await describe());
      const current = stages.find(([, labels]) => labels.includes('AWSCURRENT'))?.[0];
      if (current === version) return;
      const command = { SecretId: secretId, VersionStage: 'AWSCURRENT', MoveToVersionId: version };
      await client.send(
        new UpdateSecretVersionStageCommand({ ...command, ...(current && { RemoveFromVersionId: current }) }),
      );
    },
  };
}
