/** Removes a holder's data from the table, with the permissions of an operator. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Pseudonyms } from '../issuance/identity.ts';
import type { Erasure } from '../operate/erasure.ts';
import { unlessRefused } from './conditional-write.ts';
import { factKey } from './holder-facts.ts';
import { issuanceKey } from './issuance-item.ts';
import { slotItemKey } from './slot-table.ts';

export function erasureIn(client: DynamoDBDocumentClient, tableName: string, names: Pseudonyms): Erasure {
  return {
    async forgetCredential({ id, sequence, status }) {
      const forget = new UpdateCommand({
        TableName: tableName,
        Key: issuanceKey(id),
        UpdateExpression: 'REMOVE receipt, knownAs',
        ConditionExpression: '#sequence = :sequence AND #status = :status',
        ExpressionAttributeNames: { '#sequence': 'sequence', '#status': 'status' },
        ExpressionAttributeValues: { ':sequence': sequence, ':status': status },
      });
      return (await unlessRefused(client.send(forget))) !== undefined;
    },
    async forgetSlot(key) {
      const forget = new UpdateCommand({
        TableName: tableName,
        Key: slotItemKey(key),
        UpdateExpression: 'REMOVE receipts, issuances, superseded, supersededBy',
        ConditionExpression: 'attribute_exists(newest)',
      });
      await client.send(forget);
    },
    async factsKept(holder, facts) {
      const kept: string[] = [];
      for (const fact of facts) {
        const Key = await factKey(names, holder, fact);
        const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
        if (Item !== undefined) kept.push(fact);
      }
      return kept;
    },
    async forgetFact(holder, fact) {
      await client.send(new DeleteCommand({ TableName: tableName, Key: await factKey(names, holder, fact) }));
    },
  };
}
