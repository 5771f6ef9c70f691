/** A bearer token of the source, for senders that cannot sign. */
import { createHash } from 'node:crypto';
import type { ReadKey } from './key.ts';
import { matchesAny, type Proof, type Scheme, unproven } from './proof.ts';

/** The secrets are SHA-256 hashes of tokens in hex, so that they cannot be used for sending. */
const readKey: ReadKey = (secret) =>
  /^[0-9a-f]{64}$/.test(secret)
    ? { key: Buffer.from(secret, 'hex') }
    : { unusable: 'must be the SHA-256 of the token: 64 hexadecimal digits in lower case' };

/** The sender's own idempotency key is trusted. */
const proof: Proof = ({ headers }, keys) => {
  const token = /^Bearer ([\x21-\x7e]{16,256})$/i.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined) return unproven;
  if (!matchesAny([createHash('sha256').update(token).digest()], keys)) return unproven;
  const id = headers['idempotency-key'];
  return { proven: true, ...(id !== undefined && { id }) };
};

export const bearer: Scheme = { readKey, proof };
