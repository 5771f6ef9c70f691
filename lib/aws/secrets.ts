/** Secrets Manager as something to read from: fresh for a while, the last good value for a while longer. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { IssuanceError } from '../issuance/issuance-error.ts';

export interface SecretValue {
  /** Id of the version; a new one means new text. */
  version: string;
  text: string;
}

/** The current version of a secret, read now. */
export async function readSecret(client: SecretsManagerClient, secretId: string): Promise<SecretValue> {
  const { SecretString, VersionId } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (SecretString === undefined || VersionId === undefined) throw new IssuanceError('secret-unavailable');
  return { version: VersionId, text: SecretString };
}

/** Reads a secret through a cache; `refresh` asks for it to be read again. */
export interface CachedSecret {
  /** Throws `secret-unavailable` when it cannot be read and no earlier value is young enough. */
  read(): Promise<SecretValue>;
  /** Reads again, but not more often than every few seconds. */
  refresh(): Promise<SecretValue>;
}

export interface CacheTimes {
  freshMs: number;
  /** How long a value serves while the secret cannot be read. */
  staleMs: number;
  /** Least time between two reads that were asked for. */
  refreshEveryMs: number;
}

export function cachedSecret(read: () => Promise<SecretValue>, times: CacheTimes, now: () => Date): CachedSecret {
  let cached: { value: SecretValue; readAt: number } | undefined;
  let reading: Promise<SecretValue> | undefined;

  async function readYoungerThan(ageMs: number): Promise<SecretValue> {
    const age = cached === undefined ? Number.POSITIVE_INFINITY : now().getTime() - cached.readAt;
    if (cached !== undefined && age < ageMs) return cached.value;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      const value = await reading;
      cached = { value, readAt: now().getTime() };
      return value;
    } catch (cause) {
      if (cached !== undefined && age < times.staleMs) return cached.value;
      throw new IssuanceError('secret-unavailable', { cause });
    }
  }

  return {
    read: () => readYoungerThan(times.freshMs),
    refresh: () => readYoungerThan(times.refreshEveryMs),
  };
}
