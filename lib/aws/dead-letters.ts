/** Walks through the dead-letter queue: each message is visited once, and is deleted or kept. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import pMap from 'p-map';
import { sentAttributes } from './dead-letter-attributes.ts';

/** A dead letter: the data that a person may see, and its body, which must not be shown. */
export interface DeadLetter {
  body: string;
  /** The code of its reason; undefined if SQS itself moved it after too many deliveries. */
  reason?: string;
  /** The sender's own attributes. */
  attributes: Readonly<Record<string, string>>;
}

/** `delete` removes it from the queue, `keep` leaves it there. */
export type Fate = 'delete' | 'keep';

/** A visited message stays invisible this long, so that a walk does not visit it twice. */
const awaySeconds = 300;
const atOnce = 4;
/** Consecutive rounds without a new message after which the walk is complete. */
const mostStale = 5;

/** The approximate number of dead letters. */
export async function countDeadLetters(client: SQSClient, queueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames }));
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

/**
 * Walks through the dead letters that exist at the start. Kept messages are visible again at the end; if the walk is
 * interrupted, a few minutes later.
 */
export async function walkDeadLetters(
  client: SQSClient,
  queueUrl: string,
  judge: (letter: DeadLetter) => Promise<Fate>,
): Promise<void> {
  const startedAt = Date.now();
  const kept: string[] = [];
  const seen = new Set<string>();
  try {
    for (let stale = 0; stale < mostStale; ) {
      const messages = await receive(client, queueUrl);
      if (messages.length === 0) break;
      const fresh = messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
      for (const { MessageId = '' } of messages) seen.add(MessageId);
      stale = fresh.length === 0 ? stale + 1 : 0;
      await pMap(
        fresh,
        async (message) => {
          const younger = Number(message.Attributes?.SentTimestamp ?? 0) > startedAt;
          const fate = younger ? 'keep' : await judge(letterOf(message));
          const ReceiptHandle = message.ReceiptHandle ?? '';
          if (fate === 'keep') kept.push(ReceiptHandle);
          else await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
        },
        { concurrency: atOnce },
      );
    }
  } finally {
    await pMap(kept, (handle) => show(client, queueUrl, handle), { concurrency: atOnce });
  }
}

async function receive(client: SQSClient, queueUrl: string): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: awaySeconds,
    // Queries every server of the queue: a short poll may return nothing although there are messages.
    WaitTimeSeconds: 1,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['SentTimestamp'],
  });
  return (await client.send(command)).Messages ?? [];
}

async function show(client: SQSClient, queueUrl: string, ReceiptHandle: string): Promise<void> {
  const command = { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 };
  // An expired handle belongs to a message that is already visible again.
  await client.send(new ChangeMessageVisibilityCommand(command)).catch(() => undefined);
}

function letterOf({ Body = '', MessageAttributes = {} }: Message): DeadLetter {
  const texts = Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, StringValue] as const],
  );
  const { reason } = Object.fromEntries(texts);
  const attributes = sentAttributes(Object.fromEntries(texts));
  return { body: Body, attributes, ...(reason !== undefined && { reason }) };
}
