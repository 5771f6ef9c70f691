/** Merges a slot of a backup into the slot that the table has made again since. */
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { slotKey } from '../issuance/ids.ts';
import { unlessRefused } from './conditional-write.ts';
import { slotTable } from './slot-table.ts';

/** A slot as an item, as far as it is merged. */
interface SlotItem {
  pk: string;
  newest?: string;
  owner?: string;
  token?: number;
  until?: string;
  follows?: string;
  receipts?: string[];
  issuances?: string[];
}

export const slotPrefix = 'SLOT#';
/** A slot stores this many receipts and issuances (lib/submit/lease.ts, lib/aws/slot-table.ts). */
const most = 50;
const tries = 10;

/**
 * Afterwards the slot's newest rank and its fencing token are at least those of the backup, so that no older event follows a newer
 * one and no restored record refuses its worker; and the slot knows the credentials of both.
 */
export async function mergeSlot(backup: SlotItem, tableName: string, client: DynamoDBDocumentClient): Promise<void> {
  const { pk, newest } = backup;
  if (newest !== undefined) await slotTable(client, tableName).raise(slotKey(pk.slice(slotPrefix.length)), newest);
  for (let tried = 0; tried < tries; tried += 1) {
    const found = await client.send(new GetCommand({ TableName: tableName, Key: { pk }, ConsistentRead: true }));
    const update = mergeOf(backup, found.Item as SlotItem);
    if (update === undefined) return;
    const command = new UpdateCommand({ TableName: tableName, Key: { pk }, ...update });
    if ((await unlessRefused(client.send(command))) !== undefined) return;
  }
  throw new Error('A slot changes all the time: repeat the command');
}

/** Undefined if the slot has everything already. A worker that changes the slot in the meantime has it merged again. */
function mergeOf(backup: SlotItem, live: SlotItem) {
  const changes: Partial<SlotItem> = { ...leaseOf(backup, live) };
  for (const list of ['receipts', 'issuances'] as const) {
    const both = [...new Set([...(backup[list] ?? []), ...(live[list] ?? [])])].slice(-most);
    if (both.length > (live[list]?.length ?? 0)) changes[list] = both;
  }
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return undefined;
  const seen = live.token !== undefined;
  return {
    UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: seen ? '#token = :seen' : 'attribute_not_exists(#token)',
    ExpressionAttributeNames: { '#token': 'token', ...Object.fromEntries(entries.map(([name]) => [`#${name}`, name])) },
    ExpressionAttributeValues: {
      ...Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
      ...(seen && { ':seen': live.token }),
    },
  };
}

function leaseOf({ owner, token, until, follows }: SlotItem, live: SlotItem): Partial<SlotItem> {
  if (token === undefined || (live.token ?? 0) >= token) return {};
  if (live.token !== undefined) return { token };
  return {
    token,
    ...(owner !== undefined && { owner }),
    ...(until !== undefined && { until }),
    ...(follows !== undefined && { follows }),
  };
}
