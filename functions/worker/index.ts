/** The worker bound to AWS and to the providers. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { circuitTable } from '../../lib/aws/circuit-table.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { holderFacts } from '../../lib/aws/holder-facts.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { pollers } from '../../lib/aws/pollers.ts';
import { queueMessages } from '../../lib/aws/queue-messages.ts';
import { readBundledEnvironment } from '../../lib/config/bundled-environment.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import { keepingAnnouncer } from '../../lib/issuance/untold.ts';
import { SharedCircuitBreaker } from '../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { acceptPorts } from '../composition/accept-ports.ts';
import { eventPorts } from '../composition/event-ports.ts';
import { holderDirectories } from '../composition/holder-directories.ts';
import { issuingPrograms } from '../composition/issuing-programs.ts';
import { recordPorts } from '../composition/record-ports.ts';
import { type WorkerPorts, worker } from './handler.ts';

const variables = readFunctionEnvironment('worker');
const environment = readBundledEnvironment(variables.ENVIRONMENT_FILE);
const table = documentClient();
const sqs = new SQSClient(clientSettings);
const secrets = new SecretsManagerClient(clientSettings);
const records = recordPorts('worker', table, variables.TABLE_NAME);
const { clock, log } = records;
const { bus, untold } = eventPorts(table, variables);
const accepting = acceptPorts(table, secrets, variables, records);

const ports: WorkerPorts = {
  ...records,
  ...accepting,
  ...durationsOf(environment.limits),
  random: Math.random,
  concurrency: environment.limits.workerBatchSize,
  ...issuingPrograms(environment, variables, { part: 'worker', table, secrets, clock, log }),
  directories: holderDirectories(environment, {
    table,
    secrets,
    accountsSecret: variables.PROVIDER_ACCOUNTS_SECRET,
    clock,
  }),
  sources: environment.sources,
  queue: issuanceQueue(sqs, variables.QUEUE_URL),
  messages: queueMessages(sqs, variables.QUEUE_URL, variables.DEAD_LETTER_QUEUE_URL),
  facts: holderFacts(table, variables.TABLE_NAME, accepting.pseudonyms, clock.now),
  circuits: new SharedCircuitBreaker({ store: circuitTable(table, variables.TABLE_NAME), clock, log }),
  pollers: pollers(new SFNClient(clientSettings), variables.POLLER_STATE_MACHINE_ARN, clock.now),
  announcer: keepingAnnouncer(bus, untold, log),
};

export const handler = (event: SQSEvent) => worker(event, ports);
