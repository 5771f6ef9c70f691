/** What the worker does with messages that stay: keeping them away for a while, or moving them to the dead-letter queue. */
import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describeCode } from '../issuance/error-codes.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';
import { deadLetterAttributes } from './dead-letter-attributes.ts';

interface Message {
  receiptHandle: string;
  body: string;
  messageId: string;
  messageAttributes?: Readonly<Record<string, { stringValue?: string | undefined }>>;
}

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
      const { title, advice } = describeCode(reason.code);
      const sent = Object.entries(messageAttributes).flatMap(([name, { stringValue }]) =>
        stringValue ? [[name, stringValue] as const] : [],
      );
      const texts = deadLetterAttributes(body, Object.fromEntries(sent), {
        reason: reason.code,
        explanation: reason.detail === undefined ? title : `${title}: ${reason.detail}`,
        advice,
        originalMessageId: messageId,
      });
      const attributes = texts.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }] as const);
      await client.send(
        new SendMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MessageBody: body,
          MessageAttributes: Object.fromEntries(attributes),
        }),
      );
    },
  };
}
