/** The ports of the providers' adapters, bound to AWS. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { connectingFetch } from '../http/connecting-fetch.ts';
import type { CallCeilings } from '../providers/call-rate/call-ceilings.ts';
import type { ProviderPorts } from '../providers/definition.ts';
import { partnerTokens } from '../signing/partner-token.ts';
import { readSecret } from './secrets.ts';
import { accountSecrets } from './shared-secrets.ts';

export interface ProviderPortsSettings {
  signingKeysSecret: string;
  providerAccountsSecret: string;
  callMs: number;
  connectMs: number;
}

/** The ports of an account; keys and tokens are shared by all accounts of a container. */
export function providerPorts(
  client: SecretsManagerClient,
  settings: ProviderPortsSettings,
  ceilings: Pick<CallCeilings, 'limit'>,
  now: () => Date,
): (account: string) => ProviderPorts {
  const tokens = partnerTokens({ readRing: () => readSecret(client, settings.signingKeysSecret), now });
  const fetch = connectingFetch(settings.connectMs);
  const secretOf = accountSecrets(client, settings.providerAccountsSecret, now);
  return (account) => ({
    fetch: ceilings.limit(account, fetch),
    callDeadlineMs: settings.callMs,
    accountSecret: secretOf(account),
    partnerTokens: tokens,
    now,
  });
}
