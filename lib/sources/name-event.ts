/** The default idempotency key of an event, if its rule does not define one. */
import { createHash } from 'node:crypto';

/**
 * A value that is the same each time the event is sent, and that a third party who saw the event cannot change: an id that
 * the proof covers, or else a hash of the bytes. With headers that the signature does not cover, a copy would look like a new event.
 */
export function nameEvent(id: string | undefined, body: Buffer): string {
  if (id === undefined) return `sha256:${digest(body)}`;
  return /^[\x21-\x7e]{1,200}$/.test(id) ? id : `sha256:${digest(Buffer.from(id))}`;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
