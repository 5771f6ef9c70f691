/** Keyed hashes, with the key in Secrets Manager. */
import { createHmac } from 'node:crypto';
import type { Pseudonyms } from '../issuance/identity.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { CachedSecret } from './secrets.ts';
import type { TableMark } from './table-mark.ts';

/**
 * The key must never change: hashes of holders and ids of events are derived from it permanently. Under another key than the one
 * under which the table is written, every event would be a new one and be issued again, so nothing is done under it. Throws
 * `secret-unavailable`.
 */
export function pseudonyms(secret: CachedSecret, table: Pick<TableMark, 'keyCheck'>): Pseudonyms {
  let isChecked = false;
  return {
    async of(purpose, value) {
      if (!isChecked) await check(secret, table);
      isChecked = true;
      return hash(secret, purpose, value);
    },
  };
}

async function check(secret: CachedSecret, table: Pick<TableMark, 'keyCheck'>): Promise<void> {
  const isTheTables = async () => {
    const own = await checkValueOf(secret);
    return (await table.keyCheck(own)) === own;
  };
  if (await isTheTables()) return;
  // An operator may have restored the key since it was read.
  await secret.refresh();
  if (await isTheTables()) return;
  throw new IssuanceError('secret-unavailable', { detail: 'the pseudonym key is not the key of this table' });
}

/** The value by which a table recognizes the key; the key cannot be derived from it. */
export function checkValueOf(secret: CachedSecret): Promise<string> {
  return hash(secret, 'table', 'key');
}

async function hash(secret: CachedSecret, purpose: string, value: string): Promise<string> {
  const { text } = await secret.read();
  if (text.length < 32) throw new IssuanceError('secret-unavailable', { detail: 'the pseudonym key is too short' });
  return createHmac('sha256', text).update(`${purpose}\n${value}`, 'utf8').digest('base64url');
}
