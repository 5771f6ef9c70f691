/** A bearer token of the source's own, for senders that can not sign. */
import { createHash } from 'node:crypto';
import { matchesAny, type Proof, unproven } from './proof.ts';

/** The secrets are SHA-256 hashes of tokens in hex: whoever reads them can't send. The sender's own key is believed. */
export const bearer: Proof = ({ headers }, secrets) => {
  const token = /^Bearer ([\x21-\x7e]{16,256})$/i.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined) return unproven;
  const live = secrets.filter((secret) => /^[0-9a-f]{64}$/.test(secret)).map((secret) => Buffer.from(secret, 'hex'));
  if (!matchesAny([createHash('sha256').update(token).digest()], live)) return unproven;
  const id = headers['idempotency-key'];
  return { proven: true, ...(id !== undefined && { id }) };
};
