/** Stripe's `Stripe-Signature: t=…,v1=…`. */
import { textKey } from './key.ts';
import {
  isRecent,
  longestHeader,
  matchesAny,
  mostSignatures,
  type Proof,
  readTimestamp,
  type Scheme,
  signaturesBy,
  stale,
  unproven,
} from './proof.ts';

/**
 * Signs `timestamp.body` with the endpoint's secret including its prefix; the event's id is in the body.
 * https://docs.stripe.com/webhooks/signature
 */
const proof: Proof = ({ headers, body }, keys, now) => {
  const header = headers['stripe-signature'];
  if (header === undefined || header.length > longestHeader) return unproven;
  const parts = header.split(',').map((part) => part.trim());
  const times = parts.filter((part) => part.startsWith('t='));
  const timestamp = times[0]?.slice(2);
  const sentAt = readTimestamp(timestamp);
  // With two times, it would be ambiguous which is meant.
  if (times.length !== 1 || sentAt === undefined) return unproven;
  const signatures = parts.filter((part) => /^v1=[0-9a-f]{64}$/.test(part)).slice(0, mostSignatures);
  const given = signatures.map((part) => Buffer.from(part.slice(3), 'hex'));
  if (!matchesAny(given, signaturesBy(keys, 'sha256', `${timestamp}.`, body))) return unproven;
  return isRecent(sentAt, now) ? { proven: true, ...idOf(body) } : stale;
};

export const stripe: Scheme = { readKey: (secret) => textKey(secret, 'whsec_'), proof };

/** Stripe's id of the event; a repeated event has the same id. */
function idOf(body: Buffer): { id?: string } {
  try {
    const id: unknown = JSON.parse(body.toString('utf8'))?.id;
    return typeof id === 'string' ? { id } : {};
  } catch {
    return {};
  }
}
