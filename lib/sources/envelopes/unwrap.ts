/** Takes an event, or a delivery of several events, out of its envelopes, which may be nested. */
import { isEventBridgeEvent, isSnsMessage, readEventBridgeEvent, readSnsMessage } from './aws-envelopes.ts';
import { isCloudEvent, readBinary, readStructured } from './cloud-events.ts';
import { isObject, type JsonObject, type ReadData, type Unwrapped } from './source-event.ts';

/** The deepest nesting: an EventBridge event that SNS forwarded and that contains a CloudEvent. */
const mostEnvelopes = 3;

/** The content of a webhook's body and headers. Throws `request-invalid`. */
export function unwrapWebhook<Data>(
  body: unknown,
  headers: Readonly<Record<string, string | undefined>>,
  read: ReadData<Data>,
): Unwrapped<Data> {
  const data = read(body);
  const binary = readBinary(data, headers);
  if (binary !== undefined) return binary;
  return isCloudEvent(data) ? readStructured(data, read) : { data, attributes: {} };
}

/** The content of a queue message's body. Throws `request-invalid`. */
export function unwrapMessage<Data>(body: unknown, read: ReadData<Data>): Unwrapped<Data> {
  let outer: Unwrapped<Data> = { data: read(body), attributes: {} };
  for (let envelopes = 0; envelopes < mostEnvelopes; envelopes += 1) {
    const inner = withoutEnvelope(outer.data, read);
    if (inner === undefined) break;
    outer = within(outer, inner);
  }
  return outer;
}

/** One of the events of a delivery, which may have an envelope of its own. Throws `request-invalid`. */
export function unwrapPart<Data>(part: unknown, outer: Unwrapped<unknown>, read: ReadData<Data>): Unwrapped<Data> {
  const data = read(part);
  const inner = isCloudEvent(data) ? readStructured(data, read) : { data, attributes: {} };
  // The id of the delivery does not tell its events apart.
  const { id: _, ...shared } = outer;
  return within(shared, inner);
}

function within<Data>(outer: Unwrapped<unknown>, inner: Unwrapped<Data>): Unwrapped<Data> {
  return { ...outer, ...inner, attributes: { ...outer.attributes, ...inner.attributes } };
}

function withoutEnvelope<Data>(data: unknown, read: ReadData<Data>): Unwrapped<Data> | undefined {
  if (!isObject(data)) return undefined;
  const reader: ((data: JsonObject, read: ReadData<Data>) => Unwrapped<Data>) | undefined = readerOf(data);
  return reader?.(data, read);
}

function readerOf(data: JsonObject) {
  if (isSnsMessage(data)) return readSnsMessage;
  if (isEventBridgeEvent(data)) return readEventBridgeEvent;
  return isCloudEvent(data) ? readStructured : undefined;
}
