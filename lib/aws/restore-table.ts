/** Copies what a table has lost from a table that was restored from its backup, with the permissions of an operator. */
import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import { slotKey } from '../issuance/ids.ts';
import { hasStatus } from '../issuance/issuance.ts';
import { inDoubtSince } from '../issuance/restoration.ts';
import { unlessRefused } from './conditional-write.ts';
import { fromItem, toItem } from './issuance-item.ts';
import { slotTable } from './slot-table.ts';
import { RecordNotUnderstood } from './stored-issuance.ts';
import { markKey } from './table-mark.ts';

type Item = Record<string, unknown> & { pk: string };

export interface RestoreWish {
  /** The table that was restored from the backup. */
  from: string;
  /** The environment's table. */
  to: string;
  /** Time of the backup: RFC 3339, UTC, milliseconds. */
  lostSince: string;
  /** Only count. */
  dryRun: boolean;
}

export interface RestoreReport {
  /** Items of the backup. */
  read: number;
  /** Items that the table lacked. */
  restored: number;
  /** Of these, queued issuances whose outcome the worker determines first. */
  inDoubt: number;
  /** Items that the table has: never overwritten. */
  present: number;
  /** Items that are not needed: states of circuit breakers and ceilings. */
  skipped: number;
}

const passing = ['CIRCUIT#', 'RATE#', markKey.pk];
const atOnce = 16;

/** The check value of the pseudonym key under which a table was written, if it has one. */
export async function keyCheckOf(client: DynamoDBDocumentClient, tableName: string): Promise<string | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: markKey, ConsistentRead: true }));
  return Item?.['keyCheck'];
}

/** From now on nothing is accepted, until `endRestoration`. An earlier restoration with an older backup keeps its time. */
export async function beginRestoration(
  client: DynamoDBDocumentClient,
  tableName: string,
  lostSince: string,
): Promise<void> {
  const address = { TableName: tableName, Key: markKey };
  const stop = new UpdateCommand({
    ...address,
    UpdateExpression: 'REMOVE restoredAt SET lostSince = if_not_exists(lostSince, :at)',
    ExpressionAttributeValues: { ':at': lostSince },
  });
  await client.send(stop);
  const earlier = new UpdateCommand({
    ...address,
    UpdateExpression: 'SET lostSince = :at',
    ConditionExpression: 'lostSince > :at',
    ExpressionAttributeValues: { ':at': lostSince },
  });
  await unlessRefused(client.send(earlier));
}

/** Accepts again; events from before this time count as in doubt. */
export async function endRestoration(client: DynamoDBDocumentClient, tableName: string, at: string): Promise<void> {
  const resume = { UpdateExpression: 'SET restoredAt = :at', ExpressionAttributeValues: { ':at': at } };
  await client.send(new UpdateCommand({ TableName: tableName, Key: markKey, ...resume }));
}

/** Copies the items. Safe to interrupt and to repeat. `progress` is called after each page. */
export async function restoreItems(
  wish: RestoreWish,
  client: DynamoDBDocumentClient,
  progress: (report: RestoreReport) => void,
): Promise<RestoreReport> {
  const report: RestoreReport = { read: 0, restored: 0, inDoubt: 0, present: 0, skipped: 0 };
  let next: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: wish.from, ConsistentRead: true, ExclusiveStartKey: next }),
    );
    await pMap((page.Items ?? []) as Item[], (item) => restore(item, wish, client, report), { concurrency: atOnce });
    progress(report);
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  return report;
}

async function restore(item: Item, wish: RestoreWish, client: DynamoDBDocumentClient, report: RestoreReport) {
  report.read += 1;
  if (passing.some((prefix) => item.pk.startsWith(prefix))) {
    report.skipped += 1;
    return;
  }
  const doubtful = inDoubt(item, wish.lostSince);
  if (await wasMissing(doubtful ?? item, wish, client)) {
    report.restored += 1;
    if (doubtful !== undefined) report.inDoubt += 1;
    return;
  }
  report.present += 1;
  if (!wish.dryRun) await raiseSlot(item, wish, client);
}

/** Whether the table lacked the item, which it now has. */
async function wasMissing(item: Item, { to, dryRun }: RestoreWish, client: DynamoDBDocumentClient): Promise<boolean> {
  if (dryRun) {
    const found = await client.send(new GetCommand({ TableName: to, Key: { pk: item.pk }, ConsistentRead: true }));
    return found.Item === undefined;
  }
  const put = new PutCommand({ TableName: to, Item: item, ConditionExpression: 'attribute_not_exists(pk)' });
  return (await unlessRefused(client.send(put))) !== undefined;
}

/** A queued issuance may have been submitted after the backup. Whatever else is under way, its outcome is determined anyway. */
function inDoubt(item: Item, lostSince: string): Item | undefined {
  if (!item.pk.startsWith('ISSUANCE#')) return undefined;
  try {
    const issuance = fromItem(item);
    return hasStatus(issuance, 'queued') ? toItem(inDoubtSince(issuance, lostSince), randomUUID()) : undefined;
  } catch (error) {
    // Copied as it is: no function will touch it either.
    if (error instanceof RecordNotUnderstood) return undefined;
    throw error;
  }
}

/** A slot that the table has made again since: an event that is older than those of the backup must not follow them. */
async function raiseSlot(item: Item, { to }: RestoreWish, client: DynamoDBDocumentClient): Promise<void> {
  const { pk, newest } = item;
  if (!pk.startsWith('SLOT#') || typeof newest !== 'string') return;
  await slotTable(client, to).raise(slotKey(pk.slice('SLOT#'.length)), newest);
}
