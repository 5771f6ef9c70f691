/** What is remembered of a holder is believed for a while: at the provider it can be undone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holderFacts } from '../../lib/aws/holder-facts.ts';
import { keyedPseudonyms } from '../fakes/keyed-pseudonyms.ts';
import { VirtualClock } from '../fakes/virtual-clock.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

const minute = 60_000;
const week = 7 * 24 * 60 * minute;

let table: EmbeddedTable;

beforeAll(async () => {
  table = await startEmbeddedTable();
});
afterAll(() => table.close());

function worldWithFacts() {
  const clock = new VirtualClock();
  return { clock, facts: holderFacts(table.client, table.tableName, keyedPseudonyms, () => clock.now()) };
}

test('a fact saves asking again at once, and is established again within a week', async () => {
  const { clock, facts } = worldWithFacts();
  expect(await facts.known('wallet-1', 'contact')).toBe(false);
  await facts.remember('wallet-1', 'contact');
  clock.advance(minute);
  expect(await facts.known('wallet-1', 'contact')).toBe(true);
  clock.advance(week);
  expect(await facts.known('wallet-1', 'contact')).toBe(false);
  await facts.remember('wallet-1', 'contact');
  expect(await facts.known('wallet-1', 'contact')).toBe(true);
});

test('a fact is of one holder, and says nothing of other facts', async () => {
  const { facts } = worldWithFacts();
  await facts.remember('wallet-2', 'contact');
  expect([await facts.known('wallet-3', 'contact'), await facts.known('wallet-2', 'other')]).toEqual([false, false]);
});
