/** Makes the local run use every permission that the product needs: the samples, and what happens only when something fails. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { untoldTable } from '../../lib/aws/untold-table.ts';
import { handOverAfterRounds } from '../../lib/confirm/poll-schedule.ts';
import { eventOf } from '../../lib/issuance/event.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { hasStatus, type Issuance, type IssuanceIn } from '../../lib/issuance/issuance.ts';
import { unconfirmed } from '../../lib/issuance/transitions/confirmation.ts';
import { postponed } from '../../lib/issuance/transitions/operation.ts';
import { apiClient } from '../../local/samples/api-client.ts';
import { eventSamples } from '../../local/samples/event-samples.ts';
import { playSamples } from '../../local/samples/play.ts';
import { playEvents } from '../../local/samples/play-events.ts';
import { samples } from '../../local/samples/samples.ts';
import { ask, kyc, type Operator } from './local-operator.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const longAgo = '2026-01-01T00:00:00.000Z';

/** Everything `npm start` shows, and the list of issuances. */
async function playAll({ system }: Operator): Promise<boolean> {
  const api = apiClient(system.apiUrl, system.token);
  const player = { api, run: randomUUID().slice(0, 8), started: new Date(), report: () => undefined };
  const { apiUrl, sources, sourceAccess: access } = system;
  const events = playEvents(eventSamples, { ...player, apiUrl, sources, access });
  const good = (await playSamples(samples, player)) && (await events);
  await api.list('confirmed');
  return good;
}

function recordsOf({ system }: Operator) {
  const { endpoints, outputs } = system.cloud;
  const client = new DynamoDBClient({ endpoint: endpoints.tables, region: 'eu-west-1', credentials });
  const table = DynamoDBDocumentClient.from(client);
  const name = outputs['TableName'] ?? '';
  return { store: issuanceTable(table, name, () => undefined), untold: untoldTable(table, name) };
}

/** The record in this status, changed; tried again if the product has changed it in between. */
async function change<In extends Issuance['status']>(
  operator: Operator,
  id: string,
  status: In,
  to: (record: IssuanceIn<In>) => Issuance,
): Promise<void> {
  const { store } = recordsOf(operator);
  await operator.until(`${id} is ${status} and changed`, async () => {
    const record = await store.get(id as IssuanceId);
    return record?.status === status && (await store.replace(to(record as IssuanceIn<In>)));
  });
}

/** A message that cannot be accepted; issuances that reconcile finds queued, unconfirmed and unpublished; a poller at its last round. */
async function fail(operator: Operator): Promise<void> {
  const { system, putSwitches, reach } = operator;
  const { outputs, endpoints } = system.cloud;
  await operator.send('this is no request');
  await putSwitches('air-kit', { onchainDelayMs: 3_600_000 });
  const slow = await ask(system, 'slow', kyc('slow@example.com'));
  await reach([slow], 'submitted');
  const steps = new SFNClient({ endpoint: endpoints.services, region: 'eu-west-1', credentials });
  // Past the time of an EXPRESS execution, and in the last round of a STANDARD one.
  const startedAt = new Date(Date.now() - 600_000).toISOString();
  const state = { ids: [slow], startedAt, round: handOverAfterRounds, holds: {} };
  for (const { arn } of system.cloud.plan.machines) {
    await steps.send(new StartExecutionCommand({ stateMachineArn: arn, input: JSON.stringify(state) }));
  }
  await putSwitches('air-kit', {
    faults: { busy: { kind: 'status', status: 429, retryAfter: 20, operation: 'issue' } },
  });
  const late = await ask(system, 'late', kyc('late@example.com'));
  await operator.until('it is tried again', async () =>
    used(operator, 'worker', 'sqs:SendMessage', outputs['QueueUrl']),
  );
  await change(operator, late, 'queued', (record) => postponed(record, longAgo, new Date()).record);
  const parking = { reason: { code: 'not-confirmed-in-time' as const }, dueAt: longAgo };
  await change(operator, slow, 'submitted', (record) => unconfirmed(record, parking, new Date()).record);
  const { store, untold } = recordsOf(operator);
  const record = await store.get(slow as IssuanceId);
  if (record && hasStatus(record, 'unconfirmed')) await untold.keep(eventOf(record));
  await system.cloud.runSchedule('ReconcileSchedule');
  await putSwitches('air-kit', { onchainDelayMs: 0, faults: { busy: null } });
  await reach([slow, late], 'confirmed');
}

/** An issuance that fails counts what it has superseded. */
async function supersedeInVain({ system, putSwitches, reach }: Operator): Promise<void> {
  const holder = 'in-vain@example.com';
  await putSwitches('air-kit', {
    faults: { slow: { kind: 'status', status: 429, retryAfter: 1, operation: 'issue' } },
  });
  const newer = await ask(system, 'newer', kyc(holder));
  const older = await ask(system, 'older', { ...kyc(holder), occurredAt: '2026-11-19T09:30:00Z' });
  await reach([older], 'superseded');
  await putSwitches('air-kit', { faults: { slow: null }, refusedConsent: [holder] });
  await reach([newer], 'failed');
}

function used({ system }: Operator, part: string, action: string, queueUrl = ''): boolean {
  const queue = queueUrl.split('/').at(-1) ?? '';
  return system.cloud.calls().some((call) => {
    const session = call.caller.kind === 'role' ? call.caller.session : '';
    return session.endsWith(part) && call.action === action && call.resource.endsWith(`:${queue}`);
  });
}

/** Returns whether all samples ended as expected. */
export async function useEverything(operator: Operator): Promise<boolean> {
  await operator.putSwitches('air-kit', { onchainDelayMs: 100 });
  const good = await playAll(operator);
  await supersedeInVain(operator);
  await fail(operator);
  return good;
}
