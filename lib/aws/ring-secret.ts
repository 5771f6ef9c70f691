/** The secret of the signing keys in Secrets Manager, for the rotation. */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { RingSecret } from '../signing/rotation-ports.ts';

export function ringSecret(client: SecretsManagerClient, secretId: string): RingSecret {
  const describe = async () =>
    (await client.send(new DescribeSecretCommand({ SecretId: secretId }))).VersionIdsToStages ?? {};
  return {
    async read(stage, version) {
      try {
        const command = { SecretId: secretId, VersionStage: stage, ...(version && { VersionId: version }) };
        const { SecretString: text, VersionId: found } = await client.send(new GetSecretValueCommand(command));
        return text === undefined || found === undefined ? undefined : { version: found, text };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        // The version exists, but does not have the label (any more).
        if (version !== undefined && error instanceof InvalidRequestException) return undefined;
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
    async abandon(version) {
      const command = { SecretId: secretId, VersionStage: 'AWSPENDING', RemoveFromVersionId: version };
      await client.send(new UpdateSecretVersionStageCommand(command));
    },
    async promote(version, from) {
      const current = Object.entries(await describe()).find(([, labels]) => labels.includes('AWSCURRENT'))?.[0];
      if (current === version) return;
      const command = { SecretId: secretId, VersionStage: 'AWSCURRENT', MoveToVersionId: version };
      await client.send(
        new UpdateSecretVersionStageCommand({ ...command, ...(from !== undefined && { RemoveFromVersionId: from }) }),
      );
    },
  };
}
