/** The stores in DynamoDB keep the contract, and forgive their client the repeats it makes on its own. */

import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { erasureIn } from '../../lib/aws/erasure.ts';
import { holderFacts } from '../../lib/aws/holder-facts.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import type { RecordNotUnderstood } from '../../lib/aws/stored-issuance.ts';
import { untoldTable } from '../../lib/aws/untold-table.ts';
import type { IssuanceEvent } from '../../lib/issuance/event.ts';
import { issuanceId, slotKey } from '../../lib/issuance/ids.ts';
import { itErases } from '../contract/erasure.ts';
import { itStoresIssuances } from '../contract/issuance-store.ts';
import { itStoresSlots } from '../contract/slot-store.ts';
import { issuanceIn, turned } from '../fakes/issuance-in.ts';
import { keyedPseudonyms } from '../fakes/keyed-pseudonyms.ts';
import { refuse } from '../fakes/refuse-record.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

let table: EmbeddedTable;

beforeAll(async () => {
  table = await startEmbeddedTable();
});

afterAll(() => table.close());

describe('issuances in DynamoDB', () => itStoresIssuances(() => issuanceTable(table.client, table.tableName, refuse)));
describe('slots in DynamoDB', () => itStoresSlots(() => slotTable(table.client, table.tableName)));
describe('in DynamoDB', () =>
  itErases(() => ({
    erasure: erasureIn(table.client, table.tableName, keyedPseudonyms),
    store: issuanceTable(table.client, table.tableName, refuse),
    slots: slotTable(table.client, table.tableName),
    facts: holderFacts(table.client, table.tableName, keyedPseudonyms, () => new Date()),
  })));

describe('fault 57: events the bus did not take, in DynamoDB', () => {
  const eventOfRecord = (id: string, sequence: number): IssuanceEvent => {
    const at = `2026-11-22T09:00:0${sequence}.000Z`;
    return { version: 1, id, sequence, source: 'shop', program: 'a', status: 'failed', occurredAt: at, at };
  };

  test('are kept as they are, listed page by page, and told once', async () => {
    const untold = untoldTable(table.client, table.tableName);
    const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => issuanceId(`iss_${letter.repeat(27)}`));
    const kept = ids.flatMap((id) => [eventOfRecord(id, 1), eventOfRecord(id, 2)]);
    for (const event of kept) await untold.keep(event);
    const [first = eventOfRecord('', 1)] = kept;
    await untold.keep({ ...first, program: 'another' });
    const listed = async () => {
      const all: IssuanceEvent[] = [];
      let after: string | undefined;
      do {
        const page = await untold.list(after, 3);
        expect(page.events.length).toBeLessThanOrEqual(3);
        all.push(...page.events);
        after = page.next;
      } while (after !== undefined);
      return all.toSorted((a, b) => (a.id + a.sequence < b.id + b.sequence ? -1 : 1));
    };
    expect(await listed()).toEqual(kept);
    // An end that is told again by a repeated message, once it was told, is not kept again.
    await untold.told(first);
    await untold.keep(first);
    expect(await listed()).toEqual(kept.slice(1));
    const records = issuanceTable(table.client, table.tableName, refuse);
    expect(
      (await records.list({ status: 'failed', limit: 100 })).issuances.filter(({ id }) => ids.includes(id)),
    ).toEqual([]);
  });
});

describe('fault 37: a client that repeats a write whose answer was lost', () => {
  /** The same client, which sends each write twice and tells of the second only. */
  function stuttering() {
    const { client } = table;
    return new Proxy(client, {
      get(target, property) {
        if (property !== 'send') return Reflect.get(target, property);
        return async (command: PutCommand) => {
          const isWrite = command instanceof PutCommand || (command as unknown) instanceof UpdateCommand;
          if (isWrite) await client.send(command).catch(() => undefined);
          return client.send(command);
        };
      },
    });
  }

  test('has created, replaced and taken what it has', async () => {
    const store = issuanceTable(stuttering(), table.tableName, refuse);
    const slots = slotTable(stuttering(), table.tableName);
    const issuance = issuanceIn('queued', { id: issuanceId(`iss_${'z'.repeat(27)}`) });
    expect(await store.create(issuance)).toBeUndefined();
    expect(await store.replace(turned(issuance, 'superseded', { sequence: 3 }))).toBe(true);
    expect((await slots.raise(slotKey('stutter#1'), 'a')).newest).toBe('a');
    const lease = { owner: issuanceId('iss_1'), token: 1, until: '2027' };
    expect((await slots.acquire({ key: slotKey('stutter#1'), newest: '', issuances: [] }, lease))?.lease).toEqual(
      lease,
    );
  });
});

test('fault 42: the oldest of a status are found by their age, wherever their due time puts them', async () => {
  const store = issuanceTable(table.client, table.tableName, refuse);
  const minuteOf = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z`;
  for (let n = 0; n < 40; n += 1) {
    // The older, the later due, as what is tried again and again.
    const id = issuanceId(`iss_old${String(n).padStart(23, '0')}${'abcd'[n % 4]}`);
    await store.create(issuanceIn('uncertain', { id, queuedAt: minuteOf(n), dueAt: minuteOf(59 - n) }));
  }
  const oldest = await store.oldest('uncertain', 3);
  expect(oldest.map(({ queuedAt }) => queuedAt)).toEqual([0, 1, 2].map(minuteOf));
});

describe('a record that is not understood', () => {
  const source = 'broken';
  const whole = issuanceId(`iss_${'w'.repeat(27)}`);
  const broken = issuanceId(`iss_${'u'.repeat(27)}`);
  const heard: RecordNotUnderstood[] = [];
  const store = () => issuanceTable(table.client, table.tableName, (error) => void heard.push(error));

  beforeAll(async () => {
    for (const id of [whole, broken]) await store().create(issuanceIn('submitted', { id, source }));
    const Key = { pk: `ISSUANCE#${broken}` };
    const UpdateExpression = 'REMOVE receipt';
    await table.client.send(new UpdateCommand({ TableName: table.tableName, Key, UpdateExpression }));
  });

  beforeEach(() => heard.splice(0));

  test('keeps none of the others from being read', async () => {
    expect((await store().getMany([broken, whole])).map(({ id }) => id)).toEqual([whole]);
    const page = await store().list({ status: 'submitted', limit: 1, source });
    const rest = await store().list({ status: 'submitted', limit: 9, source, after: page.next ?? '' });
    expect([...page.issuances, ...rest.issuances].map(({ id }) => id)).toEqual([whole]);
    expect(heard).toMatchObject([
      { id: broken, missing: 'receipt' },
      { id: broken, missing: 'receipt' },
    ]);
  });

  test('is an error where it alone is asked for', async () => {
    await expect(store().get(broken)).rejects.toThrow(`The record of ${broken} lacks receipt`);
    expect(heard).toMatchObject([{ id: broken, missing: 'receipt' }]);
  });
});
