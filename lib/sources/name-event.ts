/** What an event is called when its rule does not say: the idempotency key it gets. */
import { createHash } from 'node:crypto';

/**
 * What is the same each time the event is sent, and cannot be changed by whoever saw it once: an id that the proof covers,
 * or else the bytes themselves. Headers beside the signature would let a copy pass for a new event.
 */
export function nameEvent(id: string | undefined, body: Buffer): string {
  if (id === undefined) return `sha256:${digest(body)}`;
  return /^[\x21-\x7e]{1,200}$/.test(id) ? id : `sha256:${digest(Buffer.from(id))}`;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
