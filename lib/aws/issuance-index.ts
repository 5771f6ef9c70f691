/** The index by status and due time: the shards of a status, read in parallel and merged in order. */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { statusIndex } from '../config/deployed-names.ts';
import { idAt } from '../issuance/due.ts';
import type { ListQuery } from '../issuance/issuance-store.ts';
import { type IndexStatus, shards, statusShard } from './issuance-item.ts';

/** Sorts after all positions. */
const end = '~~';

/** Items that have its keys. */
type IndexQuery = Omit<ListQuery, 'status'> & { status: IndexStatus };

export interface IdPage {
  ids: string[];
  /** Index position after which to continue. */
  next?: string;
}

/** One page of ids, earliest due first. A page may be short or even empty and still have a next page. */
export async function listByStatus(
  client: DynamoDBDocumentClient,
  tableName: string,
  query: IndexQuery,
): Promise<IdPage> {
  const pages = await Promise.all(shards.map((shard) => readShard(client, tableName, shard, query)));
  // After the first position at which a shard stopped early, the order is not known yet.
  const [horizon = end] = pages.map((page) => page.readTo ?? end).sort();
  const known = pages
    .flatMap((page) => page.dues)
    .filter((due) => due <= horizon)
    .sort();
  const dues = known.slice(0, query.limit);
  const next = known.length > query.limit ? dues.at(-1) : horizon;
  return { ids: dues.map(idAt), ...(next !== undefined && next !== end && { next }) };
}

interface ShardPage {
  dues: string[];
  /** The position at which reading stopped; undefined if the shard was read to its end. */
  readTo?: string;
}

async function readShard(
  client: DynamoDBDocumentClient,
  tableName: string,
  shard: number,
  query: IndexQuery,
): Promise<ShardPage> {
  const { status, source, dueBefore = end, after, limit } = query;
  const answer = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: statusIndex.name,
      KeyConditionExpression: 'statusShard = :shard AND due BETWEEN :after AND :before',
      ...(source !== undefined && {
        FilterExpression: '#source = :source',
        ExpressionAttributeNames: { '#source': 'source' },
      }),
      ExpressionAttributeValues: {
        ':shard': statusShard(status, shard),
        ':after': after ?? '0',
        ':before': dueBefore,
        ...(source !== undefined && { ':source': source }),
      },
      // BETWEEN includes its ends, and the item at `after` was on the last page.
      Limit: limit + 1,
    }),
  );
  const dues = (answer.Items ?? []).map((item) => String(item['due'])).filter((due) => due !== after);
  const readTo = answer.LastEvaluatedKey?.['due'];
  return { dues, ...(typeof readTo === 'string' && { readTo }) };
}
