/** The actions of a request to DynamoDB. */
import { asArray, asObject, asText, type JsonObject } from '../../template/json.ts';
import { arnIn, type Call, type Region } from '../calls.ts';

const transactions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

function tableArn(place: Region, table: unknown): string {
  const name = asText(table) ?? '';
  return arnIn(place, 'dynamodb', name.startsWith('arn:') ? name : `table/${name}`);
}

/** A request may concern several tables; a query or scan of an index needs only the permission for the index. */
export function dynamodbCalls(place: Region, operation: string, input: JsonObject): Call[] {
  const call = (action: string, resource: string): Call => ({ action: `dynamodb:${action}`, resource });
  if (operation === 'ListTables') return [call(operation, '*')];
  if (operation.startsWith('Batch')) {
    return Object.keys(asObject(input['RequestItems'])).map((table) => call(operation, tableArn(place, table)));
  }
  if (operation.startsWith('Transact')) {
    return asArray(input['TransactItems'])
      .flatMap((one) => Object.entries(asObject(one)))
      .map(([kind, one]) => call(transactions[kind] ?? kind, tableArn(place, asObject(one)['TableName'])));
  }
  const table = tableArn(place, input['TableName']);
  const index = asText(input['IndexName']);
  return [call(operation, index === undefined ? table : `${table}/index/${index}`)];
}
