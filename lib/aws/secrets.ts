/** Reads secrets from Secrets Manager. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { type CacheTimes, type SecretCache, secretCache } from '../signing/secret-cache.ts';

export interface SecretValue {
  /** Id of the version; a new version has a new value. */
  version: string;
  text: string;
}

/** The current version of a secret, read now. */
export async function readSecret(client: SecretsManagerClient, secretId: string): Promise<SecretValue> {
  const { SecretString, VersionId } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (SecretString === undefined || VersionId === undefined) throw new IssuanceError('secret-unavailable');
  return { version: VersionId, text: SecretString };
}

/** Reads a secret through a cache. Throws `secret-unavailable`. */
export type CachedSecret = SecretCache<SecretValue>;

export function cachedSecret(read: () => Promise<SecretValue>, times: CacheTimes, now: () => Date): CachedSecret {
  return secretCache(read, times, now, 'secret-unavailable');
}
