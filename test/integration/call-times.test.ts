/** The times of accounts' calls: what DynamoDB and the fake promise alike, and what a claim costs. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, type UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rateTable } from '../../lib/aws/rate-table.ts';
import type { Claim } from '../../lib/providers/call-rate/block-rule.ts';
import { callTimesContract } from '../contract/call-times.ts';
import { InMemoryCallTimes } from '../fakes/in-memory-call-times.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

let embedded: EmbeddedTable;
let count = 0;

beforeAll(async () => {
  embedded = await startEmbeddedTable();
});
afterAll(() => embedded.close());

/** Accounts of their own for each store, in the one table. */
function ownTable() {
  count += 1;
  const prefix = `test-${count}-`;
  const times = rateTable(embedded.client, embedded.tableName);
  return { take: (account: string, claim: Claim) => times.take(prefix + account, claim) };
}

describe('fault 52: the times of calls in DynamoDB', () => callTimesContract(ownTable));
describe('fault 52: the times of calls in the fake', () => callTimesContract(() => new InMemoryCallTimes()));

describe('fault 52: a claim', () => {
  const now = Date.parse('2026-11-22T09:00:00.000Z');
  const claim = { from: now, latest: now + 2000, lengthMs: 500 };

  /** A client whose updates find this time, as DynamoDB tells it; it counts them. */
  function clientThatFinds(nextCallAt: number) {
    const sent: unknown[] = [];
    const client = Object.create(DynamoDBDocumentClient.prototype, {
      send: {
        value: async (command: UpdateCommand) => {
          sent.push(command.input);
          const Item = { pk: { S: 'RATE#one' }, nextCallAt: { N: String(nextCallAt) } };
          throw new ConditionalCheckFailedException({ $metadata: {}, message: 'refused', Item });
        },
      },
    });
    return { client, sent };
  }

  test('that is refused is one write: the table says what it found', async () => {
    const { client, sent } = clientThatFinds(now + 2001);
    expect(await rateTable(client, 'table').take('one', claim)).toBeUndefined();
    expect(sent).toHaveLength(1);
  });

  test('that finds others at work three times gives up', async () => {
    const { client, sent } = clientThatFinds(now - 1);
    expect(await rateTable(client, 'table').take('one', claim)).toBeUndefined();
    expect(sent).toHaveLength(3);
  });

  test('passes other errors on', async () => {
    const table = rateTable(embedded.client, 'no-such-table');
    await expect(table.take('one', claim)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
