/** One round of a poller, bound to AWS and to the providers. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { announcer } from '../../lib/aws/announcer.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { log } from '../../lib/aws/log.ts';
import { providerPorts } from '../../lib/aws/provider-ports.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { untoldTable } from '../../lib/aws/untold-table.ts';
import { readBundledEnvironment } from '../../lib/config/bundled-environment.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import { type ConfirmPorts, confirm } from '../../lib/confirm/confirm.ts';
import type { PollerState } from '../../lib/confirm/poller-state.ts';
import { keepingAnnouncer } from '../../lib/issuance/untold.ts';
import { programsOf } from '../../lib/programs/programs.ts';

const variables = readFunctionEnvironment('poller');
const environment = readBundledEnvironment(variables.ENVIRONMENT_FILE);
const durations = durationsOf(environment.limits);
const now = () => new Date();
const table = documentClient();
const secrets = new SecretsManagerClient(clientSettings);

const pollerLog = log('poller');

const ports: ConfirmPorts = {
  clock: { now },
  log: pollerLog,
  // A reconciler's batch of a hundred, at two calls each, ends within the function's time-out.
  concurrency: 50,
  ...durations,
  programs: programsOf(
    environment,
    providerPorts(
      secrets,
      {
        signingKeysSecret: variables.SIGNING_KEYS_SECRET,
        providerAccountsSecret: variables.PROVIDER_ACCOUNTS_SECRET,
        callMs: durations.callMs,
        connectMs: durations.connectMs,
      },
      now,
    ),
  ),
  store: issuanceTable(table, variables.TABLE_NAME),
  slots: slotTable(table, variables.TABLE_NAME),
  announcer: keepingAnnouncer(
    announcer(new EventBridgeClient(clientSettings), variables.EVENT_BUS_NAME),
    untoldTable(table, variables.TABLE_NAME),
    pollerLog,
  ),
};

export const handler = (state: PollerState) => confirm(state, ports);
