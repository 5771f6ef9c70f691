/** Unusable events in DynamoDB: items beside the records, in the index under their own status. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { UnusableEvent, UnusableEvents, UnusablePayload } from '../issuance/unusable-events.ts';
import { unlessRefused } from './conditional-write.ts';
import { listByStatus } from './issuance-index.ts';
import { dueKey, shardOf, statusShard } from './issuance-item.ts';

/** An item may have 400 KB with its names and other attributes. */
const mostPayloadBytes = 350 * 1024;
/** A body of the maximum size and its headers, with room to spare. */
const mostUnpackedBytes = 2 * 1024 * 1024;

const keyOf = (id: string) => ({ pk: `UNUSABLE#${id}` });

export function unusableTable(client: DynamoDBDocumentClient, TableName: string): UnusableEvents {
  async function read(id: string, attributes?: string): Promise<Record<string, unknown> | undefined> {
    const ProjectionExpression = attributes && { ProjectionExpression: attributes, ...names };
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: keyOf(id), ConsistentRead: true, ...ProjectionExpression }),
    );
    // Without its code, only the key is left.
    return Item?.['code'] === undefined ? undefined : Item;
  }

  return {
    async keep(event, payload) {
      const packed = pack(payload);
      const { id, dropAt, ...rest } = event;
      const item = {
        ...keyOf(id),
        ...rest,
        statusShard: statusShard('unusable', shardOf(id)),
        due: dueKey(dropAt, id),
        ...(packed.length <= mostPayloadBytes && { payload: packed }),
      };
      const ConditionExpression = 'attribute_not_exists(statusShard)';
      await unlessRefused(client.send(new PutCommand({ TableName, Item: item, ConditionExpression })));
    },
    async list({ dropBefore, ...query }) {
      const due = dropBefore === undefined ? {} : { dueBefore: dropBefore };
      const page = await listByStatus(client, TableName, { status: 'unusable', ...due, ...query });
      const items = await Promise.all(page.ids.map((id) => read(id, '#source, code, #detail, #at, due')));
      const events = items.flatMap((item, index) =>
        item === undefined ? [] : [eventOf(String(page.ids[index]), item)],
      );
      return { events, ...(page.next !== undefined && { next: page.next }) };
    },
    async get(id) {
      const item = await read(id);
      if (item === undefined) return undefined;
      const packed = item['payload'];
      return { event: eventOf(id, item), payload: packed instanceof Uint8Array ? unpack(packed) : undefined };
    },
    async drop(id) {
      // No function may delete; without the keys of the index it is never read again.
      await client.send(new PutCommand({ TableName, Item: keyOf(id) }));
    },
  };
}

const names = { ExpressionAttributeNames: { '#source': 'source', '#detail': 'detail', '#at': 'at' } };

function eventOf(id: string, item: Record<string, unknown>): UnusableEvent {
  const { source, code, detail, at, due } = item;
  return {
    id,
    source: String(source),
    code: code as UnusableEvent['code'],
    ...(typeof detail === 'string' && { detail }),
    at: String(at),
    dropAt: String(due).split('#')[0] ?? '',
  };
}

/** One line of JSON, and the body as it is: JSON of a body would be larger. */
function pack({ headers, messageId, body }: UnusablePayload): Buffer {
  return gzipSync(Buffer.concat([Buffer.from(`${JSON.stringify({ headers, messageId })}\n`), body]));
}

function unpack(packed: Uint8Array): UnusablePayload {
  const bytes = gunzipSync(packed, { maxOutputLength: mostUnpackedBytes });
  const end = bytes.indexOf('\n');
  const head = JSON.parse(bytes.subarray(0, end).toString('utf8')) as Omit<UnusablePayload, 'body'>;
  return { ...head, body: bytes.subarray(end + 1) };
}
