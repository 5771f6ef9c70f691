/** The times of accounts' calls in DynamoDB, beside the issuances: one small item per account, advanced by conditional updates. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { beginningOf, type Claim, maxAheadMs } from '../providers/call-rate/block-rule.ts';
import type { CallTimes } from '../providers/call-rate/ports.ts';

type Change = Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>;

/** The account's time after the update, or its current time if the condition was not met and the table returned it. */
type Changed = { next: number } | { found: number | undefined };

export function rateTable(client: DynamoDBDocumentClient, tableName: string): CallTimes {
  async function change(account: string, how: Change): Promise<Changed> {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: { pk: `RATE#${account}` },
      ExpressionAttributeNames: { '#next': 'nextCallAt' },
      ReturnValues: 'UPDATED_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...how,
    });
    try {
      const { Attributes } = await client.send(command);
      return { next: Number(Attributes?.['nextCallAt']) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const found = error.Item?.['nextCallAt']?.N;
      return { found: found === undefined ? undefined : Number(found) };
    }
  }

  return {
    async take(account, claim) {
      // Another container may start again between the two updates; then the time can be continued.
      for (const how of [goingOn(claim), beginningAgain(claim), goingOn(claim)]) {
        const changed = await change(account, how);
        if ('next' in changed) return changed.next - claim.lengthMs;
        if (changed.found !== undefined && beginningOf(claim, changed.found) === undefined) return undefined;
      }
      return undefined;
    },
  };
}

function goingOn({ from, latest, lengthMs }: Claim): Change {
  return {
    UpdateExpression: 'SET #next = #next + :length',
    ConditionExpression: '#next BETWEEN :from AND :latest',
    ExpressionAttributeValues: { ':length': lengthMs, ':from': from, ':latest': latest },
  };
}

function beginningAgain({ from, lengthMs }: Claim): Change {
  return {
    UpdateExpression: 'SET #next = :end',
    ConditionExpression: 'attribute_not_exists(#next) OR #next < :from OR #next > :believed',
    ExpressionAttributeValues: { ':end': from + lengthMs, ':from': from, ':believed': from + maxAheadMs },
  };
}
