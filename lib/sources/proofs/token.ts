/** Tokens that are the same in every request, for senders that cannot sign. Only their hashes are stored. */
import { createHash } from 'node:crypto';
import type { ReadKey } from './key.ts';
import { type Delivery, longestHeader, matchesAny, type Scheme, unproven } from './proof.ts';
import { decodeSignature } from './signature-text.ts';

/** The secrets are SHA-256 hashes of tokens in hex, so that they cannot be used for sending. */
const readKey: ReadKey = (secret) =>
  /^[0-9a-f]{64}$/.test(secret)
    ? { key: Buffer.from(secret, 'hex') }
    : { unusable: 'must be the SHA-256 of the token: 64 hexadecimal digits in lower case' };

/** A shorter token could be guessed. */
const usableToken = /^[\x21-\x7e]{16,512}$/;

/** A scheme whose token `read` finds. The sender's own idempotency key is trusted. */
function token(read: (delivery: Delivery) => string | undefined): Scheme {
  const idOf = ({ headers }: Delivery) => headers['idempotency-key'];
  return {
    readKey,
    async proof(delivery, keys) {
      const given = read(delivery);
      if (given === undefined || !usableToken.test(given)) return unproven;
      if (!matchesAny([createHash('sha256').update(given).digest()], keys)) return unproven;
      const id = idOf(delivery);
      return { proven: true, ...(id !== undefined && { id }) };
    },
    coveredId: async (delivery) => idOf(delivery),
  };
}

export const bearer = token(({ headers }) => /^Bearer (\S+)$/i.exec(headers['authorization'] ?? '')?.[1]);

/** The token is `user:password`, RFC 7617. */
export const basic = token(({ headers }) => {
  const encoded = /^Basic (\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (encoded === undefined || encoded.length > longestHeader) return undefined;
  return decodeSignature(encoded, 'base64')?.toString('utf8');
});

export const pathToken = token(({ pathToken: given }) => given);

export function headerToken({ header, prefix = '' }: { header: string; prefix?: string | undefined }): Scheme {
  return token(({ headers }) => {
    const value = headers[header];
    return value?.startsWith(prefix) ? value.slice(prefix.length) : undefined;
  });
}
