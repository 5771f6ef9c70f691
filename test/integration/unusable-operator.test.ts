/** What an operator's commands do with unusable events, on a table as it is deployed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unusableTable } from '../../lib/aws/unusable-table.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import type { UnusablePayload } from '../../lib/issuance/unusable-events.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import type { Target } from '../../tools/command-line/target.ts';
import { eraseUnusable } from '../../tools/erase/records.ts';
import { listUnusable, unusableIn } from '../../tools/unusable/events.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

let table: EmbeddedTable;
let target: Target;
const environment = loadEnvironment('local');

beforeAll(async () => {
  table = await startEmbeddedTable();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { region: 'eu-west-1', maxAttempts: 1, endpoint: table.endpoint, credentials };
  target = { environment, output: () => table.tableName, client: () => settings, functionName: String };
});

afterAll(() => table.close());

const ids = { ada: 'a', escaped: 'b', form: 'c', header: 'd', bob: 'e' };
const idOf = (letter: string) => `unu_${letter.repeat(27)}`;

beforeEach(async () => {
  const bodies: Record<keyof typeof ids, Partial<UnusablePayload> & { body: Buffer }> = {
    ada: { body: Buffer.from('{"email":"Ada@Example.com"}') },
    escaped: { body: Buffer.from(String.raw`{"email":"ad\u0061@example.com"}`) },
    form: { body: Buffer.from(new URLSearchParams({ payload: '{"email":"ada@example.com"}' }).toString()) },
    header: { headers: { 'x-holder': 'ada@example.com' }, body: Buffer.from('{}') },
    bob: { body: Buffer.from('{"email":"bob@example.com"}') },
  };
  const times = { at: '2026-11-22T08:00:00.000Z', dropAt: '2026-12-06T08:00:00.000Z' };
  const unusable = unusableTable(table.client, table.tableName);
  for (const [name, payload] of Object.entries(bodies)) {
    const source = name === 'bob' ? 'shop' : 'payments';
    const id = idOf(ids[name as keyof typeof ids]);
    await unusable.keep({ id, source, code: 'rule-failed', ...times }, { headers: {}, ...payload });
  }
});

const listed = async (source?: string) => (await listUnusable(unusableIn(target), source)).map(({ id }) => id).sort();

describe('unusable events', () => {
  test('are listed by source, or all', async () => {
    expect(await listed('shop')).toEqual([idOf(ids.bob)]);
    expect(await listed()).toHaveLength(5);
  });

  test('that name a holder are erased, however the name is written', async () => {
    const erase = (dryRun: boolean) => eraseUnusable('ada@example.com', dryRun, target, catalogOf(environment));
    expect([await erase(true), (await listed()).length]).toEqual([4, 5]);
    expect([await erase(false), await listed()]).toEqual([4, [idOf(ids.bob)]]);
    expect(await erase(false)).toBe(0);
  });
});
