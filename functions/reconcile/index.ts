/** The scheduled reconciler bound to AWS. */
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { circuitTable } from '../../lib/aws/circuit-table.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { pollers } from '../../lib/aws/pollers.ts';
import { unusableTable } from '../../lib/aws/unusable-table.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { releasesPerSecond } from '../../lib/config/releases.ts';
import { type ReconcilePorts, reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { circuitStates } from '../../lib/submit/circuit-breaker/circuit-states.ts';
import { eventPorts } from '../composition/event-ports.ts';
import { recordPorts } from '../composition/record-ports.ts';

const variables = readFunctionEnvironment('reconcile');
const table = documentClient();
const records = recordPorts('reconcile', table, variables.TABLE_NAME);
const { clock } = records;

const ports: ReconcilePorts = {
  ...records,
  ...eventPorts(table, variables),
  unusable: unusableTable(table, variables.TABLE_NAME),
  circuitStates: circuitStates({ store: circuitTable(table, variables.TABLE_NAME), clock }),
  retryMs: Number(variables.RETRY_HOURS) * 3600_000,
  releasesPerSecond: releasesPerSecond(variables),
  queue: issuanceQueue(new SQSClient(clientSettings), variables.QUEUE_URL),
  retentionMs: Number(variables.RETENTION_DAYS) * 24 * 3600_000,
  pollers: pollers(new SFNClient(clientSettings), variables.POLLER_STATE_MACHINE_ARN, clock.now),
};

/** Time that remains for the last page before the run ends. */
const reserveMs = 10_000;

export const handler = (_event: unknown, context: Context) =>
  reconcile(new Date(Date.now() + context.getRemainingTimeInMillis() - reserveMs), ports);
