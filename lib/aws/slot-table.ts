/** The slots in DynamoDB, beside the issuances. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Lease, Slot } from '../issuance/issuance.ts';
import type { SlotStore } from '../issuance/ports.ts';

interface SlotItem {
  pk: string;
  newest: string;
  owner?: string;
  token?: number;
  until?: string;
  receipts?: string[];
}

type Update = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

export function slotTable(client: DynamoDBDocumentClient, tableName: string): SlotStore {
  const address = (key: string) => ({ TableName: tableName, Key: { pk: `SLOT#${key}` } });

  async function read(key: string): Promise<Slot | undefined> {
    const { Item } = await client.send(new GetCommand({ ...address(key), ConsistentRead: true }));
    return Item && fromItem(key, Item as SlotItem);
  }

  /** The slot after the update, or undefined when the condition does not hold. */
  async function update(key: string, change: Update): Promise<Slot | undefined> {
    try {
      const answer = await client.send(new UpdateCommand({ ...address(key), ...change, ReturnValues: 'ALL_NEW' }));
      return fromItem(key, answer.Attributes as SlotItem);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
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
      if (slot === undefined) throw new Error('A slot can not be raised and is not there');
      return slot;
    },
    async acquire(key, lease, seen) {
      const taken = await update(key, acquisition(lease, seen));
      if (taken !== undefined) return taken;
      // The client repeats an update whose answer was lost, and then finds its own lease in the way.
      const slot = await read(key);
      return slot?.lease && isSame(slot.lease, lease) ? slot : undefined;
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

function acquisition(lease: Lease, seen: Lease | undefined): Update {
  return {
    UpdateExpression: 'SET #owner = :owner, #token = :token, #until = :until',
    ConditionExpression: seen
      ? '#owner = :seenOwner AND #token = :seenToken AND #until = :seenUntil'
      : 'attribute_not_exists(#token)',
    ExpressionAttributeNames: { '#owner': 'owner', '#token': 'token', '#until': 'until' },
    ExpressionAttributeValues: {
      ':owner': lease.owner,
      ':token': lease.token,
      ':until': lease.until,
      ...(seen && { ':seenOwner': seen.owner, ':seenToken': seen.token, ':seenUntil': seen.until }),
    },
  };
}

function isSame(a: Lease, b: Lease): boolean {
  return a.owner === b.owner && a.token === b.token && a.until === b.until;
}

function fromItem(key: string, { newest, owner, token, until, receipts }: SlotItem): Slot {
  const lease = owner !== undefined && token !== undefined && until !== undefined ? { owner, token, until } : undefined;
  return { key, newest, receipts: receipts ?? [], ...(lease && { lease }) };
}
