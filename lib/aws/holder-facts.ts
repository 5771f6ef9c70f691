/** Facts about holders, beside the issuances in DynamoDB, under keyed hashes. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Pseudonyms } from '../issuance/identity.ts';
import type { FactStore } from '../submit/facts.ts';

/** A fact expires and is established again, because it can change at the provider. */
const trustedMs = 24 * 3600_000;

export async function factKey(names: Pseudonyms, holder: string, fact: string): Promise<{ pk: string }> {
  return { pk: `FACT#${await names.of('fact', `${fact}\n${holder}`)}` };
}

export function holderFacts(
  client: DynamoDBDocumentClient,
  tableName: string,
  names: Pseudonyms,
  now: () => Date,
): FactStore {
  const keyOf = (holder: string, fact: string) => factKey(names, holder, fact);
  return {
    async known(holder, fact) {
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: await keyOf(holder, fact) }));
      return typeof Item?.['until'] === 'string' && Item['until'] > now().toISOString();
    },
    async remember(holder, fact) {
      const until = new Date(now().getTime() + trustedMs).toISOString();
      await client.send(new PutCommand({ TableName: tableName, Item: { ...(await keyOf(holder, fact)), until } }));
    },
  };
}
