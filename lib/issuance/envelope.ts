/** The kinds of queue messages: our own, which name an issuance, and complete requests of other systems. */
import { type IssuanceId, isIssuanceId } from './ids.ts';
import { IssuanceError } from './issuance-error.ts';

const version = 1;

export type QueueMessage =
  | { kind: 'issuance'; id: IssuanceId; tries: number }
  | { kind: 'request'; body: unknown; idempotencyKey: string | undefined };

/** The body of our own message. `tries` counts the consecutive messages of an issuance, from 1. */
export function writeEnvelope(id: IssuanceId, tries = 1): string {
  return JSON.stringify({ v: version, id, ...(tries > 1 && { tries }) });
}

/** Reads a message's body. Throws `request-not-json`, `request-invalid`, `message-version-unknown` or `issuance-missing`. */
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
  if (!isIssuanceId(message.id)) throw new IssuanceError('issuance-missing');
  // Older messages have no count.
  const tries = 'tries' in message && typeof message.tries === 'number' ? message.tries : 1;
  return { kind: 'issuance', id: message.id, tries };
}

function parse(text: string): unknown {
  try {
    // A byte order mark at the beginning is ignored (RFC 8259, section 8.1).
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    throw new IssuanceError('request-not-json');
  }
}
