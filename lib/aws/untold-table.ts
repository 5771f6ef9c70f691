/** Events that the bus rejected, in DynamoDB: items beside the records, in the index under their own status. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { IssuanceEvent } from '../issuance/event.ts';
import type { UntoldEvents } from '../issuance/untold.ts';
import { unlessRefused } from './conditional-write.ts';
import { listByStatus } from './issuance-index.ts';
import { dueKey, shardOf, statusShard } from './issuance-item.ts';

const nameOf = ({ id, sequence }: IssuanceEvent) => `${id}#${sequence}`;
const keyOf = (name: string) => ({ pk: `UNTOLD#${name}` });

export function untoldTable(client: DynamoDBDocumentClient, TableName: string): UntoldEvents {
  async function read(name: string): Promise<IssuanceEvent[]> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(name), ConsistentRead: true }));
    // The index may still show a published event.
    const told = Item?.['event'];
    return typeof told === 'string' ? [JSON.parse(told) as IssuanceEvent] : [];
  }

  return {
    async keep(event) {
      const item = {
        ...keyOf(nameOf(event)),
        statusShard: statusShard('untold', shardOf(event.id)),
        due: dueKey(event.at, nameOf(event)),
        source: event.source,
        event: JSON.stringify(event),
      };
      const ConditionExpression = 'attribute_not_exists(pk)';
      await unlessRefused(client.send(new PutCommand({ TableName, Item: item, ConditionExpression })));
    },
    async list(after, limit) {
      const page = await listByStatus(client, TableName, { status: 'untold', limit, ...(after && { after }) });
      const events = (await Promise.all(page.ids.map(read))).flat();
      return { events, ...(page.next !== undefined && { next: page.next }) };
    },
    async told(event) {
      // No function may delete; without the keys of the index it is never read again.
      await client.send(new PutCommand({ TableName, Item: keyOf(nameOf(event)) }));
    },
  };
}
