/** The circuit breakers in DynamoDB, beside the issuances: one small item per program. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Circuit } from '../submit/circuit-breaker/circuit-rules.ts';
import type { CircuitStore } from '../submit/circuit-breaker/ports.ts';
import { unlessRefused } from './conditional-write.ts';

export function circuitTable(client: DynamoDBDocumentClient, tableName: string): CircuitStore {
  const keyOf = (program: string) => ({ pk: `CIRCUIT#${program}` });
  return {
    async get(program) {
      const command = new GetCommand({ TableName: tableName, Key: keyOf(program), ConsistentRead: true });
      const { Item } = await client.send(command);
      if (Item === undefined) return undefined;
      const { pk: _pk, ...circuit } = Item;
      return circuit as Circuit;
    },
    async replace(next) {
      const command = new PutCommand({
        TableName: tableName,
        Item: { ...keyOf(next.program), ...next },
        ConditionExpression: next.version === 1 ? 'attribute_not_exists(pk)' : '#version = :previous',
        ...(next.version > 1 && {
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':previous': next.version - 1 },
        }),
      });
      return (await unlessRefused(client.send(command))) !== undefined;
    },
  };
}
