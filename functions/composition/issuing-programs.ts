/** The programs of the environment, each with the provider that issues it. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { providerPorts } from '../../lib/aws/provider-ports.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import type { Clock } from '../../lib/issuance/ports.ts';
import type { Programs } from '../../lib/issuance/program.ts';
import { programsOf } from '../../lib/programs/programs.ts';

interface ProviderVariables {
  SIGNING_KEYS_SECRET: string;
  PROVIDER_ACCOUNTS_SECRET: string;
}

export function issuingPrograms(
  environment: Environment,
  variables: ProviderVariables,
  secrets: SecretsManagerClient,
  { now }: Clock,
): Programs {
  const { callMs, connectMs } = durationsOf(environment.limits);
  const settings = {
    signingKeysSecret: variables.SIGNING_KEYS_SECRET,
    providerAccountsSecret: variables.PROVIDER_ACCOUNTS_SECRET,
    callMs,
    connectMs,
  };
  return programsOf(environment, providerPorts(secrets, settings, now));
}
