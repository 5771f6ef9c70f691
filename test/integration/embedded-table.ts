/** The table of the stack in an embedded DynamoDB, for the tests of what is kept in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { statusIndex } from '../../lib/config/deployed-names.ts';

export interface EmbeddedTable {
  tableName: string;
  client: DynamoDBDocumentClient;
  endpoint: string;
  /** Creates another table of the same kind. */
  another(tableName: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port of this machine, in a folder that goes with it. */
export async function startEmbeddedTable(): Promise<EmbeddedTable> {
  const path = await mkdtemp(join(tmpdir(), 'table-'));
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const tableName = 'issuances';
  await create(client, tableName);
  return {
    tableName,
    endpoint,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    async another(name) {
      await create(client, name);
    },
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** A table can be used when it is active, shortly after its creation. */
async function create(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(createTable(TableName));
  let status: string | undefined;
  while (status !== 'ACTIVE') status = (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
}

function createTable(tableName: string): CreateTableCommand {
  return new CreateTableCommand({
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', statusIndex.partitionKey, statusIndex.sortKey].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: statusIndex.name,
        KeySchema: [
          { AttributeName: statusIndex.partitionKey, KeyType: 'HASH' },
          { AttributeName: statusIndex.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [statusIndex.projected] },
      },
    ],
  });
}
