/** Takes an event out of its envelopes, which may lie in each other. */
import { isEventBridgeEvent, isSnsMessage, readEventBridgeEvent, readSnsMessage } from './aws-envelopes.ts';
import { isCloudEvent, readBinary, readStructured } from './cloud-events.ts';
import { type JsonObject, readObject, type SourceEvent } from './source-event.ts';

/** An event of EventBridge that SNS passed on and that carries a CloudEvent. */
const mostEnvelopes = 3;

/** A webhook's body with its headers. Throws `request-invalid`. */
export function unwrapWebhook(body: unknown, headers: Readonly<Record<string, string | undefined>>): SourceEvent {
  const object = readObject(body);
  const binary = readBinary(object, headers);
  if (binary !== undefined) return binary;
  return isCloudEvent(object) ? readStructured(object) : { data: object, attributes: {} };
}

/** A queue message's body. Throws `request-invalid`. */
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
