/** The envelopes in which SNS and EventBridge put events on a queue. */
import { type JsonObject, type ReadData, readFrom, textOf, type Unwrapped } from './source-event.ts';

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export function isSnsMessage(body: JsonObject): boolean {
  return (
    body['Type'] === 'Notification' &&
    ['MessageId', 'TopicArn', 'Message'].every((name) => typeof body[name] === 'string')
  );
}

/** The message is JSON in a string. Throws `request-invalid`. */
export function readSnsMessage<Data>(body: JsonObject, read: ReadData<Data>): Unwrapped<Data> {
  const [id, source, type, time] = ['MessageId', 'TopicArn', 'Subject', 'Timestamp'].map((name) => textOf(body[name]));
  return {
    data: readFrom(String(body['Message']), 'Message', read),
    attributes: { id, source, ...(type && { type }), ...(time && { time }) },
    ...(id && { id }),
    ...(time && { time }),
  };
}

/** An attribute of an SNS message, if it is a string. */
export function snsAttribute(body: JsonObject, name: string): string | undefined {
  const attributes = body['MessageAttributes'];
  if (typeof attributes !== 'object' || attributes === null || !Object.hasOwn(attributes, name)) return undefined;
  const attribute: unknown = (attributes as JsonObject)[name];
  return typeof attribute === 'object' && attribute !== null ? textOf((attribute as JsonObject)['Value']) : undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export function isEventBridgeEvent(body: JsonObject): boolean {
  return ['detail-type', 'source', 'id', 'account'].every((name) => typeof body[name] === 'string') && 'detail' in body;
}

/** Throws `request-invalid`. */
export function readEventBridgeEvent<Data>(body: JsonObject, read: ReadData<Data>): Unwrapped<Data> {
  const { detail, 'detail-type': type, ...others } = body;
  const [id, time] = [textOf(others['id']), textOf(others['time'])];
  return {
    data: read(detail, 'detail'),
    attributes: { ...others, type },
    ...(id && { id }),
    ...(time && { time }),
  };
}
