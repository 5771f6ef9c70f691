/** The issuance queue in SQS: messages that carry only an id, in a versioned envelope. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { writeEnvelope } from '../issuance/envelope.ts';
import type { IssuanceQueue } from '../issuance/ports.ts';

/** Longest delay SQS can give a message, in seconds. */
export const mostDelaySeconds = 900;

export function issuanceQueue(client: SQSClient, queueUrl: string): IssuanceQueue {
  return {
    async send(id, delaySeconds = 0, tries = 1) {
      const DelaySeconds = Math.min(delaySeconds, mostDelaySeconds);
      await client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: writeEnvelope(id, tries), DelaySeconds }),
      );
    },
  };
}
