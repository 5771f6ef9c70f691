/** CloudEvents 1.0, https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md, in JSON and over HTTP. */
import { invalid, isObject, type JsonObject, type ReadData, readFrom, textOf, type Unwrapped } from './source-event.ts';

type Attributes = Record<string, unknown>;

/** Whether an object has the attributes that every CloudEvent has. */
export function isCloudEvent(body: unknown): body is JsonObject {
  return (
    isObject(body) &&
    typeof body['specversion'] === 'string' &&
    ['id', 'source', 'type'].every((name) => Object.hasOwn(body, name))
  );
}

/** Structured mode: the body is the whole event. Throws `request-invalid`. */
export function readStructured<Data>(body: JsonObject, read: ReadData<Data>): Unwrapped<Data> {
  const { data, data_base64: encoded, ...attributes } = body;
  checkAttributes(attributes);
  // Unique only together (section 3.1.1).
  const id = `${attributes['source']}#${attributes['id']}`;
  const event = { attributes, id, ...timeOf(attributes) };
  if (encoded !== undefined) return { ...event, data: readEncoded(encoded, read) };
  // A producer that sends JSON as a string has declared it so, or forgotten to parse it: both are treated alike.
  if (typeof data === 'string') return { ...event, data: readFrom(data, 'data', read) };
  return { ...event, data: read(data === undefined ? {} : data, 'data') };
}

/** Binary mode: the attributes are headers and the body is the data. Undefined if there are no such headers. */
export function readBinary<Data>(
  body: Data,
  headers: Readonly<Record<string, string | undefined>>,
): Unwrapped<Data> | undefined {
  if (headers['ce-specversion'] === undefined) return undefined;
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(headers)) {
    if (/^ce-[a-z0-9]{1,32}$/.test(name) && value !== undefined) attributes[name.slice(3)] = decode(value);
  }
  checkAttributes(attributes);
  // A signature does not cover headers, so the id does not identify the event; the rules may still read it.
  return { data: body, attributes, ...timeOf(attributes) };
}

function checkAttributes(attributes: Attributes): void {
  if (attributes['specversion'] !== '1.0') throw invalid('specversion must be 1.0');
  for (const name of ['id', 'source', 'type']) {
    if (textOf(attributes[name]) === undefined) throw invalid(`the CloudEvent’s ${name} must be a string`);
  }
}

function timeOf(attributes: Attributes): { time?: string } {
  const time = textOf(attributes['time']);
  return time === undefined ? {} : { time };
}

function readEncoded<Data>(encoded: unknown, read: ReadData<Data>): Data {
  if (typeof encoded !== 'string') throw invalid('data_base64 must be a string');
  return readFrom(Buffer.from(encoded, 'base64').toString('utf8'), 'data_base64', read);
}

/** Header values are percent-encoded (HTTP protocol binding, section 3.1.3.2). */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
