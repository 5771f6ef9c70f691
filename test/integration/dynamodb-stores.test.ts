/** The stores in DynamoDB keep the contract, and forgive their client the repeats it makes on its own. */
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { itStoresIssuances } from '../contract/issuance-store.ts';
import { itStoresSlots } from '../contract/slot-store.ts';
import { issuanceIn } from '../unit/issuance-in.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

let table: EmbeddedTable;

beforeAll(async () => {
  table = await startEmbeddedTable();
});

afterAll(() => table.close());

describe('issuances in DynamoDB', () => itStoresIssuances(() => issuanceTable(table.client, table.tableName)));
describe('slots in DynamoDB', () => itStoresSlots(() => slotTable(table.client, table.tableName)));

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
    const store = issuanceTable(stuttering(), table.tableName);
    const slots = slotTable(stuttering(), table.tableName);
    const issuance = issuanceIn('queued', { id: `iss_${'z'.repeat(27)}` });
    expect(await store.create(issuance)).toBeUndefined();
    expect(await store.replace({ ...issuance, status: 'superseded', sequence: 3 })).toBe(true);
    expect((await slots.raise('stutter', 'a')).newest).toBe('a');
    const lease = { owner: 'iss_1', token: 1, until: '2027' };
    expect((await slots.acquire('stutter', lease, undefined))?.lease).toEqual(lease);
  });
});
