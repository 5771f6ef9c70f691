/** One round of a poller, bound to AWS and to the providers. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { readBundledEnvironment } from '../../lib/config/bundled-environment.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import { type ConfirmPorts, confirm } from '../../lib/confirm/confirm.ts';
import type { PollerState } from '../../lib/confirm/poller-state.ts';
import { keepingAnnouncer } from '../../lib/issuance/untold.ts';
import { eventPorts } from '../composition/event-ports.ts';
import { issuingPrograms } from '../composition/issuing-programs.ts';
import { recordPorts } from '../composition/record-ports.ts';

const variables = readFunctionEnvironment('poller');
const environment = readBundledEnvironment(variables.ENVIRONMENT_FILE);
const table = documentClient();
const records = recordPorts('poller', table, variables.TABLE_NAME);
const { clock, log } = records;
const secrets = new SecretsManagerClient(clientSettings);
const { bus, untold } = eventPorts(table, variables);

const ports: ConfirmPorts = {
  ...records,
  ...durationsOf(environment.limits),
  // Reconcile's batch of a hundred, with two calls each, ends within the function's time-out.
  concurrency: 50,
  programs: issuingPrograms(environment, variables, { part: 'poller', table, secrets, clock, log }).programs,
  announcer: keepingAnnouncer(bus, untold, log),
};

export const handler = (state: PollerState) => confirm(state, ports);
