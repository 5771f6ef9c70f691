/** The oldest issuances of a status, from the keys of the index alone. */

import {
  type DynamoDBDocumentClient,
  paginateQuery,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { statusIndex } from '../config/deployed-names.ts';
import { idAt } from '../issuance/due.ts';
import { isIssuanceId } from '../issuance/ids.ts';
import type { Status } from '../issuance/status.ts';
import type { WaitingIssuance } from '../operate/reconcile/oldest-issuances.ts';
import { queuedAtOfDueKey, shards, statusShard } from './issuance-item.ts';

/** Pages of a shard, of some thousand keys each, that are searched for the oldest. */
const mostPages = 25;

/**
 * The issuances of a status that were queued first, from the keys alone. If a shard has more pages than are read, its last
 * page is read too, because issuances that are tried again and again are due last.
 */
export async function oldestOf(
  client: DynamoDBDocumentClient,
  tableName: string,
  status: Status,
  limit: number,
): Promise<WaitingIssuance[]> {
  const found = await Promise.all(shards.map((shard) => oldestOfShard(client, tableName, statusShard(status, shard))));
  const byAge = found.flat().sort(firstQueued);
  return [...new Map(byAge.map((one) => [one.id, one])).values()].slice(0, limit);
}

/** The oldest of each page are enough: a page has more than any caller requests. */
const keptOfPage = 100;

async function oldestOfShard(
  client: DynamoDBDocumentClient,
  tableName: string,
  shard: string,
): Promise<WaitingIssuance[]> {
  const query = {
    TableName: tableName,
    IndexName: statusIndex.name,
    KeyConditionExpression: 'statusShard = :shard',
    ExpressionAttributeValues: { ':shard': shard },
    ProjectionExpression: 'due',
  };
  const kept: WaitingIssuance[] = [];
  let pages = 0;
  // The paginator writes its position into its input.
  for await (const page of paginateQuery({ client }, { ...query })) {
    kept.push(...oldestOfPage(page));
    pages += 1;
    if (page.LastEvaluatedKey === undefined) return kept;
    if (pages === mostPages) break;
  }
  return [...kept, ...oldestOfPage(await client.send(new QueryCommand({ ...query, ScanIndexForward: false })))];
}

function oldestOfPage({ Items = [] }: QueryCommandOutput): WaitingIssuance[] {
  const page = Items.flatMap(({ due }) => waitingAt(String(due)));
  return page.sort(firstQueued).slice(0, keptOfPage);
}

function firstQueued(a: WaitingIssuance, b: WaitingIssuance): number {
  return a.queuedAt < b.queuedAt ? -1 : 1;
}

function waitingAt(due: string): WaitingIssuance[] {
  const id = idAt(due);
  return isIssuanceId(id) ? [{ id, queuedAt: queuedAtOfDueKey(due) }] : [];
}
