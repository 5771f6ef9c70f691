/** Messages that other systems put on the queue: a request like that of the API, or an event of a source. */
import type { SQSRecord } from 'aws-lambda';
import { type AcceptPorts, accept } from '../../lib/accept/accept.ts';
import { parseExactly } from '../../lib/accept/exact-json.ts';
import { readRequest } from '../../lib/accept/request.ts';
import { type QueueMessage, readEnvelope } from '../../lib/issuance/envelope.ts';
import { parseEvent } from '../../lib/sources/envelopes/parse-event.ts';
import { unwrapMessage } from '../../lib/sources/envelopes/unwrap.ts';
import { queueSourceOf } from '../../lib/sources/queue-source.ts';
import { receiveEvent } from '../../lib/sources/receive-event.ts';
import { queueSource, type Sources } from '../../lib/sources/settings.ts';

export interface TakeInPorts extends AcceptPorts {
  sources: Sources;
}

/**
 * Gives a message of our own back, and takes in any other: accepting puts a message of our own on the queue. Throws
 * IssuanceError of kind `message` or `invalid`.
 */
export async function takeIn(message: SQSRecord, ports: TakeInPorts): Promise<{ own: string } | undefined> {
  const attributes = attributesOf(message);
  const content = readContent(message.body, attributes);
  if (content.kind === 'issuance') return { own: content.id };
  const from = queueSourceOf(attributes['source'], content.body, ports.sources);
  if (from === undefined) {
    // Refuses numbers that were rounded when it was read; an event gets those as text.
    parseExactly(message.body);
    const request = readRequest(content.body, queueSource, content.idempotencyKey, ports.clock.now());
    await accept(request, ports);
    return undefined;
  }
  const event = unwrapMessage(parseEvent(message.body));
  const rest = { headers: attributes, body: Buffer.from(message.body), messageId: attributes['idempotencykey'] };
  await receiveEvent({ ...from, event, ...rest }, ports);
  return undefined;
}

/** What an attribute says is an event of a source is nothing else, whatever its members are called. */
function readContent(body: string, attributes: Record<string, string | undefined>): QueueMessage {
  if (attributes['source'] === undefined) return readEnvelope(body);
  return { kind: 'request', body: parseEvent(body), idempotencyKey: undefined };
}

/** Text attributes, in lower case as headers are: what a webhook says in a header, a message says in an attribute. */
function attributesOf({ messageAttributes = {} }: SQSRecord): Record<string, string | undefined> {
  const entries = Object.entries(messageAttributes).map(
    ([name, { stringValue }]) => [name.toLowerCase(), stringValue] as const,
  );
  return Object.fromEntries(entries);
}
