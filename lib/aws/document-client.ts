/** The client for the table. */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from './client-settings.ts';

/** Default: region and credentials of the function. The time-outs are those of every client. */
export function documentClient(more: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const marshallOptions = { removeUndefinedValues: true };
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...clientSettings, ...more }), { marshallOptions });
}
