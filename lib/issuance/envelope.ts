/** What a queue message may be: our own, which names an issuance, or a whole request of another system. */
import { IssuanceError } from './issuance-error.ts';

const version = 1;

export type QueueMessage =
  | { kind: 'issuance'; id: string }
  | { kind: 'request'; body: unknown; idempotencyKey: string | undefined };

/** The body of our own message. */
export function writeEnvelope(id: string): string {
  return JSON.stringify({ v: version, id });
}

/** Reads a message's body. Throws `request-not-json`, `request-invalid` or `message-version-unknown`. */
export function readEnvelope(text: string): QueueMessage {
  const message = parse(text);
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    throw new IssuanceError('request-invalid', { detail: 'the message must be an object' });
  }
  if (!('v' in message)) {
    const { idempotencyKey, ...body } = message as Record<string, unknown>;
    return { kind: 'request', body, idempotencyKey: typeof idempotencyKey === 'string' ? idempotencyKey : undefined };
  }
  if (message.v !== version || !('id' in message) || typeof message.id !== 'string') {
    throw new IssuanceError('message-version-unknown');
  }
  return { kind: 'issuance', id: message.id };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IssuanceError('request-not-json');
  }
}
