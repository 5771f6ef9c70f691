/** What is decided on a read is decided on the latest write: a replica that lags would let two workers act. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { circuitTable } from '../../lib/aws/circuit-table.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { issuanceId, slotKey } from '../../lib/issuance/ids.ts';
import { refuse } from '../fakes/refuse-record.ts';
import { type ScriptedService, startScriptedService } from '../fakes/scripted-service.ts';

let service: ScriptedService;

beforeAll(async () => {
  service = await startScriptedService();
});
afterAll(() => service.close());

type Client = DynamoDBDocumentClient;

test.each<[string, (client: Client) => Promise<unknown>]>([
  ['an issuance', (client) => issuanceTable(client, 'issuances', refuse).get(issuanceId('iss_a'))],
  ['a slot', (client) => slotTable(client, 'issuances').get(slotKey('program-a#holder'))],
  ['a circuit', (client) => circuitTable(client, 'issuances').get('program-a')],
])('%s is read from where it was written', async (_what, read) => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...clientSettings, ...service.client }));
  await read(client);
  expect(service.calls.at(-1)).toMatchObject({ TableName: 'issuances', ConsistentRead: true });
});
