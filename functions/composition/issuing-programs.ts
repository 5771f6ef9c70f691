/** The programs of the environment, each with the provider that issues it, under its account's ceiling on calls. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { providerPorts } from '../../lib/aws/provider-ports.ts';
import { rateTable } from '../../lib/aws/rate-table.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import type { Log, Part } from '../../lib/issuance/log-events.ts';
import type { Clock } from '../../lib/issuance/ports.ts';
import type { Programs } from '../../lib/issuance/program.ts';
import { programsOf } from '../../lib/programs/programs.ts';
import { callCeilings } from '../../lib/providers/call-rate/call-ceilings.ts';
import type { CallsLeft } from '../../lib/submit/calls-left.ts';

interface ProviderVariables {
  TABLE_NAME: string;
  SIGNING_KEYS_SECRET: string;
  PROVIDER_ACCOUNTS_SECRET: string;
}

interface IssuingPorts {
  part: Part;
  table: DynamoDBDocumentClient;
  secrets: SecretsManagerClient;
  clock: Clock;
  log: Log;
}

export interface IssuingPrograms {
  programs: Programs;
  callsLeft: CallsLeft;
}

export function issuingPrograms(
  environment: Environment,
  variables: ProviderVariables,
  { part, table, secrets, clock: { now }, log }: IssuingPorts,
): IssuingPrograms {
  const { callMs, connectMs } = durationsOf(environment.limits);
  const settings = {
    signingKeysSecret: variables.SIGNING_KEYS_SECRET,
    providerAccountsSecret: variables.PROVIDER_ACCOUNTS_SECRET,
    callMs,
    connectMs,
  };
  const ceilings = callCeilings(
    { accounts: environment.accounts, callMs, place: `${part}: calls per second` },
    { times: rateTable(table, variables.TABLE_NAME), now: () => now().getTime(), sleep, log },
  );
  return {
    programs: programsOf(environment, providerPorts(secrets, settings, ceilings, now)),
    callsLeft: {
      async heldBack(program) {
        const settings = environment.programs[program];
        return settings && ceilings.heldBack(settings.account);
      },
    },
  };
}
