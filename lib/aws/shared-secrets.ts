/** The secrets that the functions share, each with its cache times. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { AccountSecret } from '../providers/definition.ts';
import { type CachedSecret, cachedSecret, readSecret } from './secrets.ts';

const second = 1000;
const hour = 3600 * second;

/** The pseudonym key: it never changes, so it is read once, and again only if it is not the key of the table. */
export function pseudonymKey(client: SecretsManagerClient, secretId: string, now: () => Date): CachedSecret {
  const forEver = Number.POSITIVE_INFINITY;
  return cachedSecret(
    () => readSecret(client, secretId),
    { freshMs: forEver, staleMs: forEver, refreshEveryMs: 5 * second },
    now,
  );
}

/** Credentials of callers: a revoked token stops working within a minute, a new token works within seconds. */
const proofTimes = { freshMs: 60 * second, staleMs: hour, refreshEveryMs: 5 * second };

/** The API's tokens. */
export function apiTokenSecret(client: SecretsManagerClient, secretId: string, now: () => Date): CachedSecret {
  return cachedSecret(() => readSecret(client, secretId), proofTimes, now);
}

/** The keys that sign webhooks. */
export function sourceSecret(client: SecretsManagerClient, secretId: string, now: () => Date): CachedSecret {
  return cachedSecret(() => readSecret(client, secretId), proofTimes, now);
}

/** Keys and passwords of the accounts at providers: a replaced value is read after a refusal at the latest. */
export function accountSecrets(
  client: SecretsManagerClient,
  secretId: string,
  now: () => Date,
): (account: string) => AccountSecret {
  const times = { freshMs: 5 * 60 * second, staleMs: hour, refreshEveryMs: 5 * second };
  const secret = cachedSecret(() => readSecret(client, secretId), times, now);
  return (account) => ({
    read: async () => entryOf(account, (await secret.read()).text),
    refresh: async () => entryOf(account, (await secret.refresh()).text),
  });
}

const accounts = z.record(z.string(), z.unknown());
const entry = z.record(z.string(), z.string());

/** A malformed entry is an internal error of its own account only. */
function entryOf(account: string, text: string): Readonly<Record<string, string>> {
  try {
    const all = accounts.parse(JSON.parse(text));
    return Object.hasOwn(all, account) ? entry.parse(all[account]) : {};
  } catch {
    // The cause would repeat parts of the secret.
    throw new IssuanceError('secret-unavailable', { detail: 'provider-accounts is malformed' });
  }
}
