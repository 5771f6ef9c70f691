/** What every erasure must do to the stores beside it, whatever they are made of. */

import { describe, expect, test } from 'vitest';
import type { IssuanceTable } from '../../lib/aws/issuance-table.ts';
import { issuanceId, slotKey } from '../../lib/issuance/ids.ts';
import type { SlotStore } from '../../lib/issuance/slot.ts';
import type { Erasure } from '../../lib/operate/erasure.ts';
import type { FactStore } from '../../lib/submit/facts.ts';
import { issuanceIn, turned } from '../fakes/issuance-in.ts';

interface Stores {
  erasure: Erasure;
  store: IssuanceTable;
  slots: SlotStore;
  facts: FactStore;
}

/** Runs the suite; `connect` gives stores and what erases in them. */
export function itErases(connect: () => Stores): void {
  const confirmed = (letter: string) =>
    issuanceIn('confirmed', {
      id: issuanceId(`iss_${letter.repeat(27)}`),
      receipt: { reference: 'r1' },
      knownAs: 'r1',
    });

  describe('erasing', () => {
    test('takes the ids of its credential from a confirmed record, and nothing else', async () => {
      const { erasure, store } = connect();
      const before = confirmed('x');
      await store.create(before);
      expect(await erasure.forgetCredential(before)).toBe(true);
      const { receipt: _receipt, knownAs: _knownAs, ...rest } = before;
      expect(await store.get(before.id)).toEqual(rest);
      expect(await erasure.forgetCredential(before)).toBe(true);
    });

    test('leaves a record alone that somebody has written since it was read, or that is not there', async () => {
      const { erasure, store } = connect();
      const before = confirmed('y');
      expect(await erasure.forgetCredential(before)).toBe(false);
      await store.create(before);
      expect(await erasure.forgetCredential({ ...before, sequence: 1 })).toBe(false);
      const { holder: _holder, claims: _claims, progress: _progress, ...otherStatus } = turned(before, 'failed');
      expect(await erasure.forgetCredential(otherStatus)).toBe(false);
      expect(await store.get(before.id)).toEqual(before);
    });

    test('takes from a slot what it knows, and leaves what keeps the order', async () => {
      const { erasure, slots } = connect();
      const key = slotKey('erased#1');
      await slots.raise(key, 'b');
      const lease = { owner: issuanceId('iss_1'), token: 4, until: '2026', follows: issuanceId('iss_0') };
      await slots.acquire({ key, newest: 'b', issuances: [] }, lease);
      await slots.supersede({ key, newest: 'b', issuances: [] }, issuanceId('iss_2'));
      await slots.release(key, lease, '2025', ['r1']);
      await erasure.forgetSlot(key);
      const expected = { key, newest: 'b', lease: { ...lease, until: '2025' }, receipts: [], issuances: [] };
      expect(await slots.get(key)).toEqual(expected);
    });

    test('finds and forgets the facts of a holder, and of nobody else', async () => {
      const { erasure, facts } = connect();
      await facts.remember('ada', 'contact');
      await facts.remember('bob', 'contact');
      expect(await erasure.factsKept('ada', ['contact', 'other'])).toEqual(['contact']);
      await erasure.forgetFact('ada', 'contact');
      expect(await erasure.factsKept('ada', ['contact', 'other'])).toEqual([]);
      expect(await facts.known('bob', 'contact')).toBe(true);
    });
  });
}
