/** Standard Webhooks 1.0, symmetric signatures (`v1`), as Svix also sends them under its own header names. */
import { base64Key, type ReadKey } from './key.ts';
import {
  type Delivery,
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

const secretPrefix = 'whsec_';
/** The specification requires 24 to 64 bytes. */
const shortestSecretBytes = 24;

/**
 * Signs `id.timestamp.body` with the base64-decoded secret.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
const proof: Proof = (delivery, keys, now) => {
  const { id, timestamp, signature } = headersOf(delivery);
  const sentAt = readTimestamp(timestamp);
  const unusable = id === undefined || !/^[\x21-\x7e]{1,255}$/.test(id) || sentAt === undefined;
  if (unusable || signature === undefined || signature.length > longestHeader) return unproven;
  const expected = signaturesBy(keys, 'sha256', `${id}.${timestamp}.`, delivery.body);
  if (!matchesAny(signaturesOf(signature), expected)) return unproven;
  return isRecent(sentAt, now) ? { proven: true, id } : stale;
};

function headersOf({ headers }: Delivery) {
  const by = headers['webhook-signature'] === undefined ? 'svix' : 'webhook';
  return { id: headers[`${by}-id`], timestamp: headers[`${by}-timestamp`], signature: headers[`${by}-signature`] };
}

/** Unknown versions are ignored, as the specification requires. */
function signaturesOf(header: string): Buffer[] {
  return header
    .split(' ')
    .slice(0, mostSignatures)
    .filter((one) => /^v1,[A-Za-z0-9+/]{43}=$/.test(one))
    .map((one) => Buffer.from(one.slice(3), 'base64'));
}

const readKey: ReadKey = (secret) =>
  base64Key(secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret, shortestSecretBytes);

export const standardWebhooks: Scheme = { readKey, proof };
