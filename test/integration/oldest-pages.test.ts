/** The oldest of a status are looked for page by page, up to a bound, and beyond it at the end of the index. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { documentClient } from '../../lib/aws/document-client.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { refuse } from '../fakes/refuse-record.ts';
import { type ScriptedService, startScriptedService } from '../fakes/scripted-service.ts';

let service: ScriptedService;

beforeAll(async () => {
  service = await startScriptedService();
});
beforeEach(() => {
  service.calls.length = 0;
});
afterAll(() => service.close());

/** One page, with this key on it. */
const page = (due: string, more: boolean) => ({
  body: {
    Items: [{ due: { S: due } }],
    ...(more && { LastEvaluatedKey: { pk: { S: 'ISSUANCE#a' }, due: { S: due } } }),
  },
});
const oldest = () => issuanceTable(documentClient(service.client), 'issuances', refuse).oldest('queued', 9);
const firstDue = '2026-11-21T10:00:00.000Z#iss_first@2026-11-21T09:00:00.000Z';
const secondDue = '2026-11-21T11:00:00.000Z#iss_second@2026-11-21T08:00:00.000Z';

test('each shard is read to its end', async () => {
  service.next(...Array.from({ length: 4 }, () => page(firstDue, true)));
  service.next(...Array.from({ length: 4 }, () => page(secondDue, false)));
  expect((await oldest()).map(({ id }) => id)).toEqual(['iss_second', 'iss_first']);
  expect(service.calls).toHaveLength(8);
  expect(service.calls.filter((call) => call['ExclusiveStartKey'] !== undefined)).toHaveLength(4);
});

test('a shard with more pages than are read is looked at from its other end too', async () => {
  service.next(...Array.from({ length: 4 * 26 }, () => page(firstDue, true)));
  await oldest();
  const backwards = service.calls.filter((call) => call['ScanIndexForward'] === false);
  expect(backwards).toHaveLength(4);
  expect(backwards.every((call) => call['ExclusiveStartKey'] === undefined)).toBe(true);
  expect(service.calls).toHaveLength(4 * 26);
});
