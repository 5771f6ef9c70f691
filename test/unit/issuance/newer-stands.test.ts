/** Which issuance a slot may have a credential of, and whether that one is newer than an issuance that is retried. */
import { describe, expect, test } from 'vitest';
import type { Issuance } from '../../../lib/issuance/issuance.ts';
import { followedBy, newerStands } from '../../../lib/issuance/newer-stands.ts';
import type { Lease } from '../../../lib/issuance/slot.ts';
import { iss as id } from '../../fakes/ids.ts';
import { InMemoryIssuances } from '../../fakes/in-memory-issuances.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';

const until = '2026-11-22T09:00:00.000Z';
const issued = (name: string, changes: Pick<Issuance, 'follows'> = {}) =>
  issuanceIn('confirmed', { id: id(name), rank: name, ...changes });
const failed = (name: string, changes: Pick<Issuance, 'follows'> = {}) =>
  issuanceIn('failed', { id: id(name), rank: name, ...changes });
const lease = (owner: string, follows?: string): Lease => ({
  owner: id(owner),
  token: 1,
  until,
  ...(follows !== undefined && { follows: id(follows) }),
});

describe('fault 58: what a lease follows', () => {
  test('the last owner, if there may be a credential of it', () =>
    expect(followedBy(failed('c'), lease('b', 'a'), issued('b'))).toBe(id('b')));
  test('what the last owner followed, if it failed', () =>
    expect(followedBy(failed('c'), lease('b', 'a'), failed('b'))).toBe(id('a')));
  test('what the last lease followed, if it was our own', () =>
    expect(followedBy(failed('c'), lease('c', 'a'), failed('c'))).toBe(id('a')));
  test('nothing where the slot had nothing before', () => {
    expect(followedBy(failed('c'), undefined, undefined)).toBeUndefined();
    expect(followedBy(failed('c'), lease('b'), failed('b'))).toBeUndefined();
  });
  test('never itself: what it followed when it was begun before', () =>
    expect(followedBy(failed('c', { follows: id('a') }), lease('b', 'c'), failed('b'))).toBe(id('a')));
});

describe('fault 58: a newer credential stands in the way', () => {
  const stands = (slotLease: Lease | undefined, ...records: Issuance[]) => {
    const store = new InMemoryIssuances();
    for (const record of records) store.put(record);
    const slot = slotLease === undefined ? {} : { lease: slotLease };
    return newerStands({ id: id('b'), rank: 'b' }, slot, store);
  };

  test('the first that did not fail, followed backwards, is newer', async () =>
    expect(await stands(lease('e', 'd'), failed('e'), failed('d', { follows: id('c') }), issued('c'))).toBe(true));
  test('or older, or there is none', async () => {
    expect(await stands(lease('e', 'd'), failed('e'), failed('d', { follows: id('a') }), issued('a'))).toBe(false);
    expect(await stands(lease('e'), failed('e'))).toBe(false);
    expect(await stands(undefined)).toBe(false);
  });
  test('in a circle nothing is proven: the holder keeps what there is', async () =>
    expect(await stands(lease('e', 'd'), failed('e'), failed('d', { follows: id('e') }))).toBe(true));
});
