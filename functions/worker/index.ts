/** The worker bound to AWS and to the providers. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { announcer } from '../../lib/aws/announcer.ts';
import { circuitTable } from '../../lib/aws/circuit-table.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { holderFacts } from '../../lib/aws/holder-facts.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { log } from '../../lib/aws/log.ts';
import { pollers } from '../../lib/aws/pollers.ts';
import { providerPorts } from '../../lib/aws/provider-ports.ts';
import { pseudonyms } from '../../lib/aws/pseudonyms.ts';
import { queueMessages } from '../../lib/aws/queue-messages.ts';
import { pseudonymKey } from '../../lib/aws/shared-secrets.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { untoldTable } from '../../lib/aws/untold-table.ts';
import { readBundledEnvironment } from '../../lib/config/bundled-environment.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import { keepingAnnouncer } from '../../lib/issuance/untold.ts';
import { programsOf } from '../../lib/programs/programs.ts';
import { SharedCircuitBreaker } from '../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { type WorkerPorts, worker } from './handler.ts';

const variables = readFunctionEnvironment('worker');
const environment = readBundledEnvironment(variables.ENVIRONMENT_FILE);
const durations = durationsOf(environment.limits);
const now = () => new Date();
const table = documentClient();
const sqs = new SQSClient(clientSettings);
const secrets = new SecretsManagerClient(clientSettings);

const workerLog = log('worker');
const names = pseudonyms(pseudonymKey(secrets, variables.PSEUDONYM_KEY_SECRET, now));

const ports: WorkerPorts = {
  clock: { now },
  random: Math.random,
  log: workerLog,
  concurrency: environment.limits.workerBatchSize,
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
  sources: environment.sources,
  store: issuanceTable(table, variables.TABLE_NAME),
  slots: slotTable(table, variables.TABLE_NAME),
  queue: issuanceQueue(sqs, variables.QUEUE_URL),
  messages: queueMessages(sqs, variables.QUEUE_URL, variables.DEAD_LETTER_QUEUE_URL),
  pseudonyms: names,
  facts: holderFacts(table, variables.TABLE_NAME, names, now),
  circuits: new SharedCircuitBreaker({
    store: circuitTable(table, variables.TABLE_NAME),
    clock: { now },
    log: workerLog,
  }),
  pollers: pollers(new SFNClient(clientSettings), variables.POLLER_STATE_MACHINE_ARN, now),
  announcer: keepingAnnouncer(
    announcer(new EventBridgeClient(clientSettings), variables.EVENT_BUS_NAME),
    untoldTable(table, variables.TABLE_NAME),
    workerLog,
  ),
};

export const handler = (event: SQSEvent) => worker(event, ports);
