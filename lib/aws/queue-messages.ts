/** The operations of the worker on messages that are not finished: sending them again with a delay, or moving them to the dead-letter queue. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describeCode } from '../issuance/error-codes.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';
import { deadLetterAttributes } from './dead-letter-attributes.ts';
import { mostDelaySeconds } from './issuance-queue.ts';

/** As Lambda passes it; binary values in base64. */
interface MessageAttribute {
  dataType?: string | undefined;
  stringValue?: string | undefined;
  binaryValue?: string | undefined;
}

interface Message {
  body: string;
  messageId: string;
  messageAttributes?: Readonly<Record<string, MessageAttribute>>;
}

/** SQS allows ten attributes. */
const maxAttributes = 10;

export function queueMessages(client: SQSClient, queueUrl: string, deadLetterQueueUrl: string) {
  return {
    /** Body and attributes stay unchanged; the count is added if there is room. */
    async resend({ body, messageAttributes = {} }: Message, delaySeconds: number, tries: number): Promise<void> {
      const { tries: _earlier, ...sent } = messageAttributes;
      const kept = Object.entries(sent).map(([name, { dataType, stringValue, binaryValue }]) => {
        const value = binaryValue ? { BinaryValue: Buffer.from(binaryValue, 'base64') } : { StringValue: stringValue };
        return [name, { DataType: dataType ?? 'String', ...value }] as const;
      });
      const count = { DataType: 'Number', StringValue: String(tries) };
      const attributes = kept.length < maxAttributes ? [...kept, ['tries', count] as const] : kept;
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          MessageAttributes: Object.fromEntries(attributes),
          DelaySeconds: Math.min(delaySeconds, mostDelaySeconds),
        }),
      );
    },
    /**
     * The reason is stored in attributes, which contain only codes and our own texts. The sender's attributes remain, so that a
     * redriven message still identifies its source.
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
