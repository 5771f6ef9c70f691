/** The issuances in DynamoDB: single-item conditional writes, and an index by status and due time. */

import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { NewIssuances } from '../accept/new-issuances.ts';
import { positionOf } from '../issuance/due.ts';
import { type IssuanceId, isIssuanceId } from '../issuance/ids.ts';
import { hasStatus, type Issuance } from '../issuance/issuance.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import { allowedBefore } from '../issuance/status.ts';
import type { OldestIssuances } from '../operate/reconcile/oldest-issuances.ts';
import { listByStatus } from './issuance-index.ts';
import { fromItem, issuanceKey, toItem } from './issuance-item.ts';
import { oldestOf } from './oldest-issuances.ts';
import { RecordNotUnderstood } from './stored-issuance.ts';

/** All operations on records. */
export interface IssuanceTable extends IssuanceStore, NewIssuances, OldestIssuances {}

/** BatchGetItem allows a hundred keys. */
const batchSize = 100;

type Item = Record<string, unknown>;

/** `hear` is called for a record that is not understood. Such a record is omitted if several are read; if it is read alone, it is an error. */
export function issuanceTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  hear: (error: RecordNotUnderstood) => void,
): IssuanceTable {
  async function read(id: IssuanceId): Promise<Item | undefined> {
    const command = new GetCommand({ TableName: tableName, Key: issuanceKey(id), ConsistentRead: true });
    return (await client.send(command)).Item;
  }

  /** A record that is read alone. */
  function only(item: Item): Issuance {
    try {
      return fromItem(item);
    } catch (error) {
      if (error instanceof RecordNotUnderstood) hear(error);
      throw error;
    }
  }

  /** One of several records: the others are read without it. */
  function understood(item: Item): Issuance[] {
    try {
      return [only(item)];
    } catch (error) {
      if (error instanceof RecordNotUnderstood) return [];
      throw error;
    }
  }

  /** The existing item that prevented a put, or undefined if the put succeeded. */
  async function put(issuance: Issuance, condition: Condition): Promise<Item | undefined> {
    const item = toItem(issuance, randomUUID());
    try {
      await client.send(new PutCommand({ TableName: tableName, Item: item, ...condition }));
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const found = await read(issuance.id);
      if (found === undefined) throw error;
      // The client repeats a put whose answer was lost, and then finds its own item.
      return found.written === item.written ? undefined : found;
    }
  }

  async function getMany(ids: readonly IssuanceId[]): Promise<Issuance[]> {
    const found: Issuance[] = [];
    const wanted = [...new Set(ids)];
    for (let start = 0; start < wanted.length; start += batchSize) {
      let keys: Record<string, unknown>[] = wanted.slice(start, start + batchSize).map(issuanceKey);
      for (let tries = 0; keys.length > 0 && tries < 10; tries += 1) {
        const request = { [tableName]: { Keys: keys, ConsistentRead: true } };
        const answer = await client.send(new BatchGetCommand({ RequestItems: request }));
        found.push(...(answer.Responses?.[tableName] ?? []).flatMap(understood));
        keys = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
      }
      if (keys.length > 0) throw new Error('DynamoDB left keys of a batch unread ten times');
    }
    return found;
  }

  return {
    async get(id) {
      const item = await read(id);
      return item && only(item);
    },
    getMany,
    async create(issuance) {
      const existing = await put(issuance, { ConditionExpression: 'attribute_not_exists(pk)' });
      return existing && only(existing);
    },
    async replace(next) {
      return (await put(next, replaceCondition(next))) === undefined;
    },
    oldest: (status, limit) => oldestOf(client, tableName, status, limit),
    async list(query) {
      const { ids, next } = await listByStatus(client, tableName, query);
      const issuances = await getMany(ids.filter(isIssuanceId));
      // The index lags slightly: issuances that have moved since are omitted.
      const current = issuances.filter((issuance) => hasStatus(issuance, query.status));
      const byDue = current.sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1));
      return { issuances: byDue, ...(next !== undefined && { next }) };
    },
  };
}

interface Condition {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/** The life cycle's table as a condition: the record that was read, a status that may precede, no newer lease. */
function replaceCondition(next: Issuance): Condition {
  const before = allowedBefore(next.status).map((status, index) => [`:before${index}`, status] as const);
  return {
    ConditionExpression: `#sequence = :previous AND #status IN (${before.map(([name]) => name).join(', ')}) AND (attribute_not_exists(#fence) OR #fence <= :fence)`,
    ExpressionAttributeNames: { '#sequence': 'sequence', '#status': 'status', '#fence': 'fence' },
    ExpressionAttributeValues: {
      ...Object.fromEntries(before),
      ':previous': next.sequence - 1,
      ':fence': next.attempt?.fence ?? 0,
    },
  };
}
