/** Reads DynamoDB tables with their global secondary indexes. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { asArray, asObject, asText, type JsonObject } from './json.ts';
import type { Reading } from './reading.ts';

/** One table as a CreateTable request. */
export interface TablePlan {
  name: string;
  create: CreateTableCommandInput;
}

type Index = NonNullable<CreateTableCommandInput['GlobalSecondaryIndexes']>[number];

function keySchema(value: unknown): NonNullable<CreateTableCommandInput['KeySchema']> {
  return asArray(value).map((raw) => {
    const key = asObject(raw);
    return { AttributeName: asText(key['AttributeName']), KeyType: key['KeyType'] === 'RANGE' ? 'RANGE' : 'HASH' };
  });
}

function projection(value: JsonObject): NonNullable<Index['Projection']> {
  const type = value['ProjectionType'];
  const attributes = asArray(value['NonKeyAttributes']).map(String);
  if (type === 'INCLUDE') return { ProjectionType: 'INCLUDE', NonKeyAttributes: attributes };
  return { ProjectionType: type === 'KEYS_ONLY' ? 'KEYS_ONLY' : 'ALL' };
}

function readIndex(reading: Reading, value: unknown): Index {
  const index = asObject(value);
  const harmless = ['ContributorInsightsSpecification', 'OnDemandThroughput', 'WarmThroughput'];
  reading.only(index, ['IndexName', 'KeySchema', 'Projection', ...harmless], 'GlobalSecondaryIndexes.');
  return {
    IndexName: asText(index['IndexName']),
    KeySchema: keySchema(index['KeySchema']),
    Projection: projection(asObject(index['Projection'])),
  };
}

function checkReplicas(reading: Reading): void {
  const replicas = reading.list('Replicas');
  if (replicas.length > 1) throw reading.refuse('a table with several replicas does not run locally');
  const harmless = ['Region', 'PointInTimeRecoverySpecification', 'SSESpecification', 'DeletionProtectionEnabled'];
  const more = ['Tags', 'TableClass', 'ContributorInsightsSpecification'];
  for (const replica of replicas) reading.only(asObject(replica), [...harmless, ...more], 'Replicas.');
}

/** Reads an on-demand table; streams, time to live, local indexes and provisioned capacity are refused. */
export function readTable(reading: Reading): TablePlan {
  if (reading.properties['BillingMode'] !== 'PAY_PER_REQUEST')
    throw reading.refuse('only on-demand tables run locally');
  checkReplicas(reading);
  const indexes = reading.list('GlobalSecondaryIndexes').map((index) => readIndex(reading, index));
  const definitions = reading.list('AttributeDefinitions').map((raw) => {
    const type = asObject(raw)['AttributeType'];
    const name = asText(asObject(raw)['AttributeName']);
    return {
      AttributeName: name,
      AttributeType: type === 'N' ? ('N' as const) : type === 'B' ? ('B' as const) : ('S' as const),
    };
  });
  const create: CreateTableCommandInput = {
    TableName: reading.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(reading.properties['KeySchema']),
    AttributeDefinitions: definitions,
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
  };
  return { name: reading.name, create };
}
