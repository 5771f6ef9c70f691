/** An at-least-once queue in memory: delays, visibility, receive counts, a dead-letter queue. */

import type { SQSRecord } from 'aws-lambda';
import { writeEnvelope } from '../../lib/issuance/envelope.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import type { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { Clock, IssuanceQueue } from '../../lib/issuance/ports.ts';

export interface QueueSettings {
  /** How long a received message stays invisible. */
  visibilityMs: number;
  /** After so many deliveries a message moves to the dead-letter queue. */
  mostReceives: number;
  /** In which order messages come; a standard queue promises none. */
  order: <Item>(items: Item[]) => Item[];
}

/** A message in the dead-letter queue; without a reason the queue itself put it there. */
export interface DeadLetter {
  body: string;
  reason?: string;
  detail?: string;
}

interface Message {
  id: string;
  body: string;
  attributes: SQSRecord['messageAttributes'];
  visibleAt: number;
  receives: number;
}

export class InMemoryQueue implements IssuanceQueue {
  readonly deadLetters: DeadLetter[] = [];
  readonly #messages = new Map<string, Message>();
  readonly #clock: Clock;
  readonly #settings: QueueSettings;
  #count = 0;

  constructor(clock: Clock, settings: Partial<QueueSettings> = {}) {
    this.#clock = clock;
    this.#settings = { visibilityMs: 120_000, mostReceives: 100, order: (items) => items, ...settings };
  }

  async send(id: IssuanceId, delaySeconds = 0, tries = 1): Promise<void> {
    this.put(writeEnvelope(id, tries), Math.min(delaySeconds, 900));
  }

  /** Puts any text on the queue, as another system would. */
  put(body: string, delaySeconds = 0, attributes: SQSRecord['messageAttributes'] = {}): void {
    this.#count += 1;
    const id = `message-${this.#count}`;
    this.#messages.set(id, { id, body, attributes, visibleAt: this.#now() + delaySeconds * 1000, receives: 0 });
  }

  /** Takes visible messages; each stays invisible until it is deleted, postponed or its time is over. */
  receive(most = 10): SQSRecord[] {
    const received: SQSRecord[] = [];
    for (const message of this.#settings.order([...this.#messages.values()])) {
      if (received.length >= most || message.visibleAt > this.#now()) continue;
      message.receives += 1;
      message.visibleAt = this.#now() + this.#settings.visibilityMs;
      if (message.receives <= this.#settings.mostReceives) received.push(recordOf(message));
      else {
        this.#messages.delete(message.id);
        this.deadLetters.push({ body: message.body });
      }
    }
    return received;
  }

  delete({ messageId }: SQSRecord): void {
    this.#messages.delete(messageId);
  }

  async resend({ body, messageAttributes }: SQSRecord, delaySeconds: number, tries: number): Promise<void> {
    const attributes = { ...messageAttributes, tries: { dataType: 'Number' as const, stringValue: String(tries) } };
    this.put(body, Math.min(delaySeconds, 900), attributes);
  }

  /** Sets when a message that was received is visible again. */
  async postpone({ messageId }: SQSRecord, delaySeconds: number): Promise<void> {
    const message = this.#messages.get(messageId);
    if (message) message.visibleAt = this.#now() + delaySeconds * 1000;
  }

  async deadLetter({ body }: SQSRecord, { code, detail }: IssuanceError): Promise<void> {
    this.deadLetters.push({ body, reason: code, ...(detail !== undefined && { detail }) });
  }

  /** Bodies of the messages that are still there, visible or not. */
  get bodies(): string[] {
    return [...this.#messages.values()].map(({ body }) => body);
  }

  /** When the next message can be received; undefined when there is none. */
  get nextVisibleAt(): Date | undefined {
    const times = [...this.#messages.values()].map(({ visibleAt }) => visibleAt);
    return times.length === 0 ? undefined : new Date(Math.min(...times));
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

function recordOf({ id, body, attributes, receives }: Message): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `${id}/${receives}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: attributes,
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:issuances',
    awsRegion: 'eu-west-1',
  };
}
