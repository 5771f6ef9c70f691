/** Reads an item of a business's own table in DynamoDB, in which a source's holders are looked up. */
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { IssuanceError } from '../issuance/issuance-error.ts';

/**
 * The item with this primary key, or undefined. Throws `lookup-refused` if the table, its key or our permission is wrong, and
 * `lookup-unavailable`.
 */
export function directoryTable(client: Pick<DynamoDBDocumentClient, 'send'>) {
  return async (table: string, key: Readonly<Record<string, unknown>>): Promise<unknown> => {
    try {
      // A person who has just been added is found: not to be found is an end.
      const command = new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true });
      return (await client.send(command)).Item;
    } catch (cause) {
      const name = cause instanceof Error ? cause.name : '';
      const isOurs = refusals.includes(name);
      throw new IssuanceError(isOurs ? 'lookup-refused' : 'lookup-unavailable', {
        cause,
        ...(isOurs && { detail: name }),
      });
    }
  };
}

const refusals = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'];
