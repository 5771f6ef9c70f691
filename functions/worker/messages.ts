/** Queue messages: our own, and those of other systems, which are accepted; counts their attempts and sends them again. */

import type { SQSRecord } from 'aws-lambda';
import { type AcceptPorts, accept } from '../../lib/accept/accept.ts';
import { parseExactly } from '../../lib/accept/exact-json.ts';
import { maxRequestBytes } from '../../lib/accept/json-limits.ts';
import { readRequest } from '../../lib/accept/request.ts';
import { type QueueMessage, readEnvelope } from '../../lib/issuance/envelope.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { IssuanceQueue } from '../../lib/issuance/ports.ts';
import { isS3TestEvent, readMessage } from '../../lib/sources/deliveries/read-message.ts';
import { receiveDelivery } from '../../lib/sources/deliveries/receive-delivery.ts';
import { parseEvent } from '../../lib/sources/envelopes/parse-event.ts';
import { queueSourceOf } from '../../lib/sources/queue-source.ts';
import { queueSource, type Sources } from '../../lib/sources/settings.ts';

export interface TakeInPorts extends AcceptPorts {
  sources: Sources;
}

/**
 * Returns the content of our own message, and accepts any other message, which puts our own message on the queue. Throws
 * IssuanceError of kind `message` or `invalid`.
 */
export async function takeIn(message: SQSRecord, ports: TakeInPorts): Promise<{ own: IssuanceId } | undefined> {
  const attributes = attributesOf(message);
  const content = readContent(message.body, attributes);
  if (content.kind === 'issuance') return { own: content.id };
  const from = queueSourceOf(attributes['source'], content.body, ports.sources);
  if (from === undefined) {
    if (isS3TestEvent(content.body)) return ignoreTest(queueSource, ports);
    if (Buffer.byteLength(message.body) > maxRequestBytes) throw new IssuanceError('request-too-large');
    // Refuses numbers that were rounded during parsing; an event gets them as strings.
    parseExactly(message.body);
    const request = readRequest(content.body, queueSource, content.idempotencyKey, ports.clock.now());
    await accept(request, ports);
    return undefined;
  }
  const delivery = readMessage({ body: message.body, attributes }, from);
  if (isS3TestEvent(delivery.content.data)) return ignoreTest(from.source, ports);
  const received = await receiveDelivery(delivery, ports);
  if (received.split && received.refused !== undefined) throw received.refused;
  return undefined;
}

function ignoreTest(source: string, { log }: TakeInPorts): undefined {
  log.write({ event: 'event-ignored', source });
}

/** A message with the attribute `source` is always an event, whatever its members are called. */
function readContent(body: string, attributes: Record<string, string | undefined>): QueueMessage {
  if (attributes['source'] === undefined) return readEnvelope(body);
  return { kind: 'request', body: parseEvent(body), idempotencyKey: undefined };
}

/** String attributes, in lower case like headers: a message has in attributes what a webhook has in headers. */
function attributesOf({ messageAttributes = {} }: SQSRecord): Record<string, string | undefined> {
  const entries = Object.entries(messageAttributes).map(
    ([name, { stringValue }]) => [name.toLowerCase(), stringValue] as const,
  );
  return Object.fromEntries(entries);
}

/** The operations for a message that is not simply deleted. */
export interface Messages {
  /** Sends a message of another system again, with its attributes and this number of attempts. */
  resend(message: SQSRecord, delaySeconds: number, tries: number): Promise<void>;
  /** Moves it to the dead-letter queue with the reason. */
  deadLetter(message: SQSRecord, reason: IssuanceError): Promise<void>;
}

export interface SendAgainPorts {
  queue: IssuanceQueue;
  messages: Pick<Messages, 'resend'>;
}

/** The attribute that counts the attempts of another system's message. */
export const triesAttribute = 'tries';

/** The number of attempts of this message, including this one and those whose worker crashed. */
export function triesOf(message: SQSRecord): number {
  const counted = ownIn(message)?.tries ?? Number(message.messageAttributes?.[triesAttribute]?.stringValue ?? 1);
  const received = Number(message.attributes.ApproximateReceiveCount);
  return (counted >= 1 ? counted : 1) + (received > 1 ? received - 1 : 0);
}

/** After this returns, the old message can be deleted. If it is not deleted, there are two messages, which is harmless. */
export async function sendAgain(message: SQSRecord, delaySeconds: number, ports: SendAgainPorts): Promise<void> {
  const tries = triesOf(message) + 1;
  const own = ownIn(message);
  if (own === undefined) await ports.messages.resend(message, delaySeconds, tries);
  else await ports.queue.send(own.id, delaySeconds, tries);
}

/** Undefined for messages of other systems and unreadable messages. */
function ownIn({ body, messageAttributes }: SQSRecord): (QueueMessage & { kind: 'issuance' }) | undefined {
  if (messageAttributes?.['source'] !== undefined) return undefined;
  try {
    const message = readEnvelope(body);
    return message.kind === 'issuance' ? message : undefined;
  } catch {
    return undefined;
  }
}
