/** Asks a table in DynamoDB for a holder. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { holderIn, questionOf } from './expressions.ts';
import type { TableLookup } from './settings.ts';

/** Reads one item by its primary key; undefined if there is none. */
export type ReadItem = (table: string, key: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Throws as Directories.find does. */
export async function askTable(lookup: TableLookup, key: string, read: ReadItem): Promise<string> {
  const question = await questionOf('key', lookup.key, key);
  if (!isKey(question)) {
    throw new IssuanceError('lookup-refused', { detail: 'lookup.key must give one or two strings or numbers by name' });
  }
  const item = await read(lookup.table, question);
  if (item === undefined) throw new IssuanceError('holder-not-found');
  return holderIn(item, lookup.answer, key);
}

function isKey(question: unknown): question is Record<string, string | number> {
  if (typeof question !== 'object' || question === null || Array.isArray(question)) return false;
  const values = Object.values(question);
  const known = values.every((value) => typeof value === 'number' || (typeof value === 'string' && value !== ''));
  return known && values.length >= 1 && values.length <= 2;
}
