/** The issuance queue in SQS: messages with a version that contain only an id. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { writeEnvelope } from '../issuance/envelope.ts';
import type { IssuanceQueue } from '../issuance/ports.ts';

/** Maximum delay of a message in SQS, in seconds. */
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
