/** The AWS clients of a container, made the same way everywhere: few retries that end before the function does. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** SDK clients are told only what differs from their defaults; region and credentials come from the function. */
export const clientSettings = { maxAttempts: 4 } as const;

export function documentClient(): DynamoDBDocumentClient {
  const marshallOptions = { removeUndefinedValues: true };
  return DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), { marshallOptions });
}
