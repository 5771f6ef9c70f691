/** Waiting is never done by visibility: a message that is to come back is sent again, and the old one then deleted. */
import type { SQSRecord } from 'aws-lambda';
import { type QueueMessage, readEnvelope } from '../../lib/issuance/envelope.ts';
import type { IssuanceQueue } from '../../lib/issuance/ports.ts';

export interface SendAgainPorts {
  queue: IssuanceQueue;
  messages: {
    /** Sends a message of another system once more, with its attributes and this count of tries. */
    resend(message: SQSRecord, delaySeconds: number, tries: number): Promise<void>;
  };
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
