/** Reads an event on the queue, in whatever envelope it arrives. */
import { addressedEvent } from '../envelopes/addressed-event.ts';
import { parseEvent } from '../envelopes/parse-event.ts';
import type { JsonObject, Unwrapped } from '../envelopes/source-event.ts';
import { unwrapMessage } from '../envelopes/unwrap.ts';
import type { SourceSettings } from '../settings.ts';
import { contentOf, type ProvenDelivery } from './split.ts';

/** The string attributes of a message, names in lower case. */
export type MessageAttributes = Readonly<Record<string, string | undefined>>;

/** The delivery in a message of this source. Throws `request-not-json`, `request-too-deep` or `request-invalid`. */
export function readMessage(
  { body, attributes }: { body: string; attributes: MessageAttributes },
  { source, settings }: { source: string; settings: SourceSettings },
): ProvenDelivery {
  const content = contentIn(parseEvent(body), attributes, settings);
  const messageId = attributes['idempotencykey'];
  return { source, settings, headers: attributes, content, body: Buffer.from(body), messageId };
}

function contentIn(body: unknown, attributes: MessageAttributes, settings: SourceSettings): Unwrapped<unknown> {
  const read = contentOf(settings);
  // With the attribute, the body is the sender's own, whatever its members are called.
  const addressed = attributes['source'] === undefined ? addressedEvent(body) : undefined;
  if (addressed === undefined) return unwrapMessage(body, read);
  const { event, id, time } = addressed;
  const inner = unwrapMessage(event, read);
  return { ...(id && { id }), ...(time && { time }), ...inner, attributes: { id, time, ...inner.attributes } };
}

/**
 * What S3 sends when notifications are set up: it says nothing about an event.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function isS3TestEvent(content: unknown): boolean {
  if (typeof content !== 'object' || content === null) return false;
  const { Service, Event } = content as JsonObject;
  return Service === 'Amazon S3' && Event === 's3:TestEvent';
}
