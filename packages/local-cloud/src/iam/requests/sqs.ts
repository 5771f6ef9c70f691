/** The action of a request to SQS. */
import { asText, type JsonObject } from '../../template/json.ts';
import { arnIn, type Call, type Region } from '../calls.ts';

/** A batch needs the permission of its single operation; only listing queues concerns no queue. */
export function sqsCalls(place: Region, operation: string, input: JsonObject): Call[] {
  const name = asText(input['QueueUrl'])?.split('/').at(-1) ?? asText(input['QueueName']);
  const action = `sqs:${operation.replace(/Batch$/, '')}`;
  return [{ action, resource: name === undefined ? '*' : arnIn(place, 'sqs', name) }];
}
