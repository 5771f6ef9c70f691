/** Takes an event out of its envelopes, which may be nested. */
import { isEventBridgeEvent, isSnsMessage, readEventBridgeEvent, readSnsMessage } from './aws-envelopes.ts';
import { isCloudEvent, readBinary, readStructured } from './cloud-events.ts';
import { type JsonObject, readObject, type SourceEvent } from './source-event.ts';

/** The deepest nesting: an EventBridge event that SNS forwarded and that contains a CloudEvent. */
const mostEnvelopes = 3;

/** The event in a webhook's body and headers. Throws `request-invalid`. */
export function unwrapWebhook(body: unknown, headers: Readonly<Record<string, string | undefined>>): SourceEvent {
  const object = readObject(body);
  const binary = readBinary(object, headers);
  if (binary !== undefined) return binary;
  return isCloudEvent(object) ? readStructured(object) : { data: object, attributes: {} };
}

/** The event in a queue message's body. Throws `request-invalid`. */
export function unwrapMessage(body: unknown): SourceEvent {
  let event: SourceEvent = { data: readObject(body), attributes: {} };
  for (let envelopes = 0; envelopes < mostEnvelopes; envelopes += 1) {
    const read = readerOf(event.data);
    if (read === undefined) break;
    const inner = read(event.data);
    event = { ...event, ...inner, attributes: { ...event.attributes, ...inner.attributes } };
  }
  return event;
}

function readerOf(data: JsonObject): ((data: JsonObject) => SourceEvent) | undefined {
  if (isSnsMessage(data)) return readSnsMessage;
  if (isEventBridgeEvent(data)) return readEventBridgeEvent;
  return isCloudEvent(data) ? readStructured : undefined;
}
