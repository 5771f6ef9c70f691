/** The secrets the functions share, each with the cache times that suit it. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type CachedSecret, cachedSecret, readSecret } from './secrets.ts';

const second = 1000;
const hour = 3600 * second;

/** The key that names holders and events: it never changes, so it is read once. */
export function pseudonymKey(client: SecretsManagerClient, secretId: string, now: () => Date): CachedSecret {
  const forEver = Number.POSITIVE_INFINITY;
  return cachedSecret(
    () => readSecret(client, secretId),
    { freshMs: forEver, staleMs: forEver, refreshEveryMs: forEver },
    now,
  );
}

/** The API's tokens: a revoked one stops within a minute, a new one works within seconds. */
export function apiTokenSecret(client: SecretsManagerClient, secretId: string, now: () => Date): CachedSecret {
  const times = { freshMs: 60 * second, staleMs: hour, refreshEveryMs: 5 * second };
  return cachedSecret(() => readSecret(client, secretId), times, now);
}
