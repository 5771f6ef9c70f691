/** The scheduled reconciler bound to AWS. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { announcer } from '../../lib/aws/announcer.ts';
import { circuitTable } from '../../lib/aws/circuit-table.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { log } from '../../lib/aws/log.ts';
import { pollers } from '../../lib/aws/pollers.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { untoldTable } from '../../lib/aws/untold-table.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { type ReconcilePorts, reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { circuitStates } from '../../lib/submit/circuit-breaker/circuit-states.ts';

const variables = readFunctionEnvironment('reconcile');
const now = () => new Date();
const table = documentClient();

const ports: ReconcilePorts = {
  clock: { now },
  log: log('reconcile'),
  store: issuanceTable(table, variables.TABLE_NAME),
  slots: slotTable(table, variables.TABLE_NAME),
  untold: untoldTable(table, variables.TABLE_NAME),
  bus: announcer(new EventBridgeClient(clientSettings), variables.EVENT_BUS_NAME),
  circuitStates: circuitStates({ store: circuitTable(table, variables.TABLE_NAME), clock: { now } }),
  retryMs: Number(variables.RETRY_HOURS) * 3600_000,
  releasesPerSecond: Number(variables.RELEASES_PER_SECOND),
  queue: issuanceQueue(new SQSClient(clientSettings), variables.QUEUE_URL),
  retentionMs: Number(variables.RETENTION_DAYS) * 24 * 3600_000,
  pollers: pollers(new SFNClient(clientSettings), variables.POLLER_STATE_MACHINE_ARN, now),
};

/** Time left for a last page when the next would be too many. */
const reserveMs = 10_000;

export const handler = (_event: unknown, context: Context) =>
  reconcile(new Date(Date.now() + context.getRemainingTimeInMillis() - reserveMs), ports);
