/** Builds the event that Lambda passes to a function for a batch of messages, and reads its answer. */
import { asArray, asObject, asText, isObject, type JsonObject } from '../template/json.ts';

function messageAttributes(message: JsonObject): JsonObject {
  const found: JsonObject = {};
  for (const [name, raw] of Object.entries(asObject(message['MessageAttributes']))) {
    const attribute = asObject(raw);
    found[name] = {
      ...(attribute['StringValue'] === undefined ? {} : { stringValue: attribute['StringValue'] }),
      ...(attribute['BinaryValue'] === undefined ? {} : { binaryValue: attribute['BinaryValue'] }),
      stringListValues: [],
      binaryListValues: [],
      dataType: attribute['DataType'],
    };
  }
  return found;
}

/** The event for received messages. */
export function queueEvent(messages: JsonObject[], queueArn: string, region: string): JsonObject {
  return {
    Records: messages.map((message) => ({
      messageId: message['MessageId'],
      receiptHandle: message['ReceiptHandle'],
      body: message['Body'],
      attributes: asObject(message['Attributes']),
      messageAttributes: messageAttributes(message),
      md5OfBody: message['MD5OfBody'],
      ...(message['MD5OfMessageAttributes'] ? { md5OfMessageAttributes: message['MD5OfMessageAttributes'] } : {}),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}

/** The messages to delete: all except the reported messages. A report with an unknown id keeps the whole batch. */
export function succeeded(messages: JsonObject[], result: unknown): JsonObject[] {
  if (!isObject(result)) return messages;
  const failures = asArray(result['batchItemFailures']).map((one) => asText(asObject(one)['itemIdentifier']));
  const ids = new Set(messages.map((message) => message['MessageId']));
  if (failures.some((id) => id === undefined || !ids.has(id))) return [];
  return messages.filter((message) => !failures.includes(asText(message['MessageId'])));
}
