/** What the worker does with messages that stay: keeping them away for a while, or moving them to the dead-letter queue. */
import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describeCode } from '../issuance/error-codes.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';

interface Message {
  receiptHandle: string;
  body: string;
  messageId: string;
  messageAttributes?: Readonly<Record<string, { stringValue?: string | undefined }>>;
}

/** SQS takes ten attributes; four are ours. */
const mostKept = 6;

export function queueMessages(client: SQSClient, queueUrl: string, deadLetterQueueUrl: string) {
  return {
    async postpone({ receiptHandle }: Message, delaySeconds: number): Promise<void> {
      const command = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: delaySeconds };
      await client.send(new ChangeMessageVisibilityCommand(command));
    },
    /**
     * The reason travels as attributes; they hold codes and our own words only. The sender's own stay, so that a message
     * that is put back still says whose event it is.
     */
    async deadLetter({ body, messageId, messageAttributes = {} }: Message, reason: IssuanceError): Promise<void> {
      const text = (StringValue: string) => ({ DataType: 'String', StringValue });
      const { title, advice } = describeCode(reason.code);
      const kept = Object.entries(messageAttributes)
        .flatMap(([name, { stringValue }]) => (stringValue ? [[name, text(stringValue)] as const] : []))
        .slice(0, mostKept);
      await client.send(
        new SendMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MessageBody: body,
          MessageAttributes: {
            ...Object.fromEntries(kept),
            reason: text(reason.code),
            explanation: text(reason.detail === undefined ? title : `${title}: ${reason.detail}`),
            advice: text(advice),
            originalMessageId: text(messageId),
          },
        }),
      );
    },
  };
}
