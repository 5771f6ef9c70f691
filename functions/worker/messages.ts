/** Queue messages: our own, and those of other systems, which are taken in; counts their tries and sends them again. */
import type { SQSRecord } from 'aws-lambda';
import { type AcceptPorts, accept } from '../../lib/accept/accept.ts';
import { parseExactly } from '../../lib/accept/exact-json.ts';
import { readRequest } from '../../lib/accept/request.ts';
import { type QueueMessage, readEnvelope } from '../../lib/issuance/envelope.ts';
import type { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { IssuanceQueue } from '../../lib/issuance/ports.ts';
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

/** What can be done with a message that is not simply deleted. */
export interface Messages {
  /** Sends a message of another system once more, with its attributes and this count of tries. */
  resend(message: SQSRecord, delaySeconds: number, tries: number): Promise<void>;
  /** Puts it, with the reason, where people look at it. */
  deadLetter(message: SQSRecord, reason: IssuanceError): Promise<void>;
}

export interface SendAgainPorts {
  queue: IssuanceQueue;
  messages: Pick<Messages, 'resend'>;
}

/** The attribute that counts the tries of a message that is not our own. */
export const triesAttribute = 'tries';

/** How often this message has been tried, this time included: also when its worker died before it could say so. */
export function triesOf(message: SQSRecord): number {
  const counted = ownIn(message)?.tries ?? Number(message.messageAttributes?.[triesAttribute]?.stringValue ?? 1);
  const received = Number(message.attributes.ApproximateReceiveCount);
  return (counted >= 1 ? counted : 1) + (received > 1 ? received - 1 : 0);
}

/** When this has returned, the old message can go. Should it not, there are two: harmless. */
export async function sendAgain(message: SQSRecord, delaySeconds: number, ports: SendAgainPorts): Promise<void> {
  const tries = triesOf(message) + 1;
  const own = ownIn(message);
  if (own === undefined) await ports.messages.resend(message, delaySeconds, tries);
  else await ports.queue.send(own.id, delaySeconds, tries);
}

/** Undefined for what other systems sent, and for what cannot be read. */
function ownIn({ body, messageAttributes }: SQSRecord): (QueueMessage & { kind: 'issuance' }) | undefined {
  if (messageAttributes?.['source'] !== undefined) return undefined;
  try {
    const message = readEnvelope(body);
    return message.kind === 'issuance' ? message : undefined;
  } catch {
    return undefined;
  }
}
