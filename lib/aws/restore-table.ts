/** Copies what a table has lost from a table that was restored from its backup, with the permissions of an operator. */
import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import { hasStatus } from '../issuance/issuance.ts';
import { inDoubtSince } from '../issuance/restoration.ts';
import { unlessRefused } from './conditional-write.ts';
import { fromItem, toItem } from './issuance-item.ts';
import { mergeSlot, slotPrefix } from './restore-slot.ts';
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
  /** Items that the table has: never overwritten. A slot gets what it lacks. */
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
  // First the slots: a worker must not process a record beside a slot that has forgotten its lease and its credentials.
  for (const filter of ['begins_with(pk, :slot)', 'NOT begins_with(pk, :slot)']) {
    for await (const page of pagesOf(wish.from, filter, client)) {
      await pMap(page, (item) => restore(item, wish, client, report), { concurrency: atOnce });
      progress(report);
    }
  }
  return report;
}

async function* pagesOf(tableName: string, filter: string, client: DynamoDBDocumentClient): AsyncGenerator<Item[]> {
  const filtered = { FilterExpression: filter, ExpressionAttributeValues: { ':slot': slotPrefix } };
  const scan = { TableName: tableName, ConsistentRead: true, ...filtered };
  let next: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ ...scan, ExclusiveStartKey: next }));
    yield (page.Items ?? []) as Item[];
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
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
  if (item.pk.startsWith(slotPrefix) && !wish.dryRun) await mergeSlot(item, wish.to, client);
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
