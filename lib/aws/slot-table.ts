/** The slots in DynamoDB, beside the issuances. */

import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { IssuanceId, SlotKey } from '../issuance/ids.ts';
import type { Lease, SeenSlot, Slot, SlotStore } from '../issuance/slot.ts';
import { unlessRefused } from './conditional-write.ts';

interface SlotItem {
  pk: string;
  newest: string;
  owner?: IssuanceId;
  token?: number;
  until?: string;
  receipts?: string[];
  follows?: IssuanceId;
  supersededBy?: string;
  superseded?: Set<IssuanceId>;
  issuances?: IssuanceId[];
}

/** Maximum of superseded issuances that a slot stores per newer issuance. */
const mostSuperseded = 20;
/** Maximum of issuances that a slot stores. */
const mostIssuances = 50;

type Update = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

export function slotItemKey(key: SlotKey): { pk: string } {
  return { pk: `SLOT#${key}` };
}

export function slotTable(client: DynamoDBDocumentClient, tableName: string): SlotStore {
  const address = (key: SlotKey) => ({ TableName: tableName, Key: slotItemKey(key) });

  async function read(key: SlotKey): Promise<Slot | undefined> {
    const { Item } = await client.send(new GetCommand({ ...address(key), ConsistentRead: true }));
    return Item && fromItem(key, Item as SlotItem);
  }

  /** The slot after the update, or undefined if the condition is not met. */
  async function update(key: SlotKey, change: Update): Promise<Slot | undefined> {
    const command = new UpdateCommand({ ...address(key), ...change, ReturnValues: 'ALL_NEW' });
    const answer = await unlessRefused(client.send(command));
    return answer && fromItem(key, answer.Attributes as SlotItem);
  }

  return {
    get: read,
    async raise(key, rank) {
      const raised = await update(key, {
        UpdateExpression: 'SET newest = :rank',
        ConditionExpression: 'attribute_not_exists(newest) OR newest < :rank',
        ExpressionAttributeValues: { ':rank': rank },
      });
      const slot = raised ?? (await read(key));
      if (slot === undefined) throw new Error('A slot cannot be raised and is not there');
      return slot;
    },
    async acquire(seen, lease) {
      const { key } = seen;
      const taken = await update(key, acquisition(seen, lease));
      if (taken !== undefined) return taken;
      // The client repeats an update whose answer was lost, and then finds its own lease.
      const slot = await read(key);
      return slot?.lease && isSame(slot.lease, lease) ? slot : undefined;
    },
    async supersede(seen, id) {
      const { key, newest: by } = seen;
      const memory = remembering(seen, id);
      const values = { ':by': by, ':ids': new Set([id]), ...memory.values };
      // In this order: of two simultaneous writers, the second finds the set to add to.
      const begun = await update(key, {
        UpdateExpression: `SET supersededBy = :by, superseded = :ids${memory.set && `, ${memory.set}`}`,
        ConditionExpression: 'attribute_exists(newest) AND (attribute_not_exists(supersededBy) OR supersededBy < :by)',
        ExpressionAttributeValues: values,
      });
      if (begun !== undefined) return;
      await update(key, {
        UpdateExpression: `ADD superseded :ids${memory.set && ` SET ${memory.set}`}`,
        ConditionExpression: 'supersededBy = :by AND size(superseded) < :most',
        ExpressionAttributeValues: { ...values, ':most': mostSuperseded },
      });
    },
    async release(key, lease, at, receipts) {
      await update(key, {
        UpdateExpression: `SET #until = :at${receipts ? ', receipts = :receipts' : ''}`,
        ConditionExpression: '#owner = :owner AND #token = :token',
        ExpressionAttributeNames: { '#until': 'until', '#owner': 'owner', '#token': 'token' },
        ExpressionAttributeValues: {
          ':at': at,
          ':owner': lease.owner,
          ':token': lease.token,
          ...(receipts && { ':receipts': receipts }),
        },
      });
    },
  };
}

/** The additional changes of an update so that the slot stores this issuance; empty if it already does. */
function remembering({ issuances }: SeenSlot, id: IssuanceId): { set: string; values: Record<string, unknown> } {
  if (issuances.includes(id)) return { set: '', values: {} };
  // Appended to the list in the table: another issuance may have been added since the slot was read.
  if (issuances.length < mostIssuances) {
    const set = 'issuances = list_append(if_not_exists(issuances, :none), :latest)';
    return { set, values: { ':none': [], ':latest': [id] } };
  }
  const latest = [...issuances, id].slice(-mostIssuances);
  return { set: 'issuances = :latest', values: { ':latest': latest } };
}

function acquisition(slot: SeenSlot, lease: Lease): Update {
  const seen = slot.lease;
  const memory = remembering(slot, lease.owner);
  return {
    UpdateExpression: `SET #owner = :owner, #token = :token, #until = :until${memory.set && `, ${memory.set}`}${lease.follows ? ', follows = :follows' : ' REMOVE follows'}`,
    ConditionExpression: seen
      ? '#owner = :seenOwner AND #token = :seenToken AND #until = :seenUntil'
      : 'attribute_not_exists(#token)',
    ExpressionAttributeNames: { '#owner': 'owner', '#token': 'token', '#until': 'until' },
    ExpressionAttributeValues: {
      ':owner': lease.owner,
      ':token': lease.token,
      ':until': lease.until,
      ...memory.values,
      ...(lease.follows && { ':follows': lease.follows }),
      ...(seen && { ':seenOwner': seen.owner, ':seenToken': seen.token, ':seenUntil': seen.until }),
    },
  };
}

function isSame(a: Lease, b: Lease): boolean {
  return a.owner === b.owner && a.token === b.token && a.until === b.until;
}

function fromItem(key: SlotKey, item: SlotItem): Slot {
  const { newest, receipts = [], supersededBy: by, superseded: ids } = item;
  const issuances = [...new Set(item.issuances)];
  const lease = leaseOf(item);
  const superseded = by !== undefined && ids !== undefined ? { by, ids: [...ids] } : undefined;
  return { key, newest, receipts, issuances, ...(lease && { lease }), ...(superseded && { superseded }) };
}

function leaseOf({ owner, token, until, follows }: SlotItem): Lease | undefined {
  if (owner === undefined || token === undefined || until === undefined) return undefined;
  return { owner, token, until, ...(follows !== undefined && { follows }) };
}
