/** Unusable events in DynamoDB: kept once, listed without their content, deleted, and never larger than an item may be. */
import { randomBytes } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unusableTable } from '../../lib/aws/unusable-table.ts';
import type { UnusableEvent, UnusableEvents } from '../../lib/issuance/unusable-events.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

let table: EmbeddedTable;
let unusable: UnusableEvents;

beforeAll(async () => {
  table = await startEmbeddedTable();
  unusable = unusableTable(table.client, table.tableName);
});

afterAll(() => table.close());

let count = 0;

function event(changes: Partial<UnusableEvent> = {}): UnusableEvent {
  count += 1;
  const times = { at: '2026-11-22T08:00:00.000Z', dropAt: `2026-12-06T08:00:0${count % 10}.000Z` };
  const id = `unu_${String(count).padStart(27, '0')}`;
  return { id, source: 'shop', code: 'rule-failed', detail: 'rule a: b', ...times, ...changes };
}

const payload = { headers: { 'x-topic': 'paid' }, messageId: 'm-1', body: Buffer.from('{"a":"é\n"}\n') };

describe('an unusable event in DynamoDB', () => {
  test('is got as it was kept, byte by byte', async () => {
    const kept = event();
    await unusable.keep(kept, payload);
    expect(await unusable.get(kept.id)).toEqual({ event: kept, payload });
    const bytes = { ...payload, body: Buffer.from([0xff, 0xfe, 10, 0, 10]) };
    const { detail: _, ...other } = event();
    await unusable.keep(other, bytes);
    expect(await unusable.get(other.id)).toEqual({ event: other, payload: bytes });
  });

  test('that is repeated stays as it was, and can be kept again after it was dropped', async () => {
    const first = event();
    await unusable.keep(first, payload);
    await unusable.keep({ ...first, dropAt: '2027-01-01T00:00:00.000Z' }, payload);
    expect((await unusable.get(first.id))?.event).toEqual(first);
    await unusable.drop(first.id);
    expect(await unusable.get(first.id)).toBeUndefined();
    const Key = { pk: `UNUSABLE#${first.id}` };
    const { Item } = await table.client.send(new GetCommand({ TableName: table.tableName, Key }));
    expect(Item, 'nothing of it is left').toEqual(Key);
    await unusable.keep({ ...first, code: 'claims-invalid' }, payload);
    expect((await unusable.get(first.id))?.event.code).toBe('claims-invalid');
  });

  test('of 1 MiB fits if it can be compressed; one that cannot is kept without its content', async () => {
    const text = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, title: `Item ${id}`, price: 100 })));
    const large = { ...payload, body: Buffer.from(text.padEnd(1024 * 1024)) };
    const [fits, not] = [event(), event()];
    await unusable.keep(fits, large);
    expect((await unusable.get(fits.id))?.payload).toEqual(large);
    await unusable.keep(not, { ...payload, body: randomBytes(1024 * 1024) });
    expect(await unusable.get(not.id)).toEqual({ event: not, payload: undefined });
  });
});

test('the list is by source and by the time of deletion, page by page, without any content', async () => {
  const wanted = Array.from({ length: 7 }, (_, n) => event({ source: 'bank', dropAt: `2026-12-01T00:00:0${n}.000Z` }));
  for (const each of wanted) await unusable.keep(each, payload);
  const found: UnusableEvent[] = [];
  let after: string | undefined;
  do {
    const page = await unusable.list({ source: 'bank', limit: 2, ...(after !== undefined && { after }) });
    found.push(...page.events);
    after = page.next;
  } while (after !== undefined);
  expect(found).toEqual(wanted);
  const due = await unusable.list({ source: 'bank', limit: 10, dropBefore: '2026-12-01T00:00:03.000Z' });
  expect(due.events).toEqual(wanted.slice(0, 3));
  await unusable.drop(wanted[0]?.id ?? '');
  expect((await unusable.list({ source: 'bank', limit: 10 })).events).toEqual(wanted.slice(1));
});
