/** Creates the tables of the plan in the embedded DynamoDB, and checks that tables of an earlier run still match. */
import { isDeepStrictEqual } from 'node:util';
import { asArray, asObject, type JsonObject } from '../template/json.ts';
import type { TablePlan } from '../template/plan-tables.ts';
import type { LoopbackClient } from './loopback-client.ts';

const targetPrefix = 'DynamoDB_20120810';

function shape(table: object): unknown {
  const { KeySchema, GlobalSecondaryIndexes } = table as JsonObject;
  const indexes = asArray(GlobalSecondaryIndexes).map(asObject);
  const sorted = indexes.toSorted((one, other) => String(one['IndexName']).localeCompare(String(other['IndexName'])));
  return {
    KeySchema,
    indexes: sorted.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
  };
}

async function existing(client: LoopbackClient, origin: string, name: string): Promise<JsonObject | undefined> {
  try {
    const answer = await client.call(origin, `${targetPrefix}.DescribeTable`, { TableName: name });
    return asObject(answer['Table']);
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Creates missing tables; refuses a table whose keys or indexes have changed, because its data would not match. */
export async function createTables(client: LoopbackClient, origin: string, tables: TablePlan[]): Promise<void> {
  for (const { name, create } of tables) {
    const found = await existing(client, origin, name);
    if (!found) await client.call(origin, `${targetPrefix}.CreateTable`, create);
    else if (!isDeepStrictEqual(shape(found), shape(create))) {
      throw new Error(
        `table ${name} in the state folder has other keys or indexes than the template: remove the folder`,
      );
    }
  }
}
