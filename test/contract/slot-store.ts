/** What every slot store must do, whatever it is made of. */

import { describe, expect, test } from 'vitest';
import { issuanceId, type SlotKey, slotKey } from '../../lib/issuance/ids.ts';
import type { Lease, SeenSlot, SlotStore } from '../../lib/issuance/slot.ts';

let count = 0;
const newKey = () => {
  count += 1;
  return slotKey(`program#${count}`);
};
const seen = (key: SlotKey, last?: Lease, newest = 'a'): SeenSlot => ({
  key,
  newest,
  issuances: [],
  ...(last && { lease: last }),
});
const lease = (changes: Partial<Lease> = {}): Lease => ({
  owner: issuanceId('iss_1'),
  token: 1,
  until: '2026-01-01',
  ...changes,
});

/** Runs the suite; `connect` gives the store. */
export function itStoresSlots(connect: () => SlotStore): void {
  describe('a slot', () => {
    test('that nobody raised is not there', async () => {
      expect(await connect().get(newKey())).toBeUndefined();
    });

    test('is raised to the highest rank, in any order', async () => {
      const key = newKey();
      expect(await connect().raise(key, 'b')).toEqual({ key, newest: 'b', receipts: [], issuances: [] });
      expect((await connect().raise(key, 'a')).newest).toBe('b');
      expect((await connect().raise(key, 'b')).newest).toBe('b');
      expect((await connect().raise(key, 'c')).newest).toBe('c');
      const ranks = ['d', 'h', 'e', 'g', 'f'];
      await Promise.all(ranks.map((rank) => connect().raise(key, rank)));
      expect(await connect().get(key)).toEqual({ key, newest: 'h', receipts: [], issuances: [] });
    });

    test('raised keeps its lease and what it knows', async () => {
      const key = newKey();
      await connect().raise(key, 'a');
      await connect().acquire(seen(key), lease());
      await connect().release(key, lease(), '2025', ['r1', 'r2']);
      const expected = {
        key,
        newest: 'b',
        lease: lease({ until: '2025' }),
        receipts: ['r1', 'r2'],
        issuances: [issuanceId('iss_1')],
      };
      expect(await connect().raise(key, 'b')).toEqual(expected);
    });
  });

  describe('fault 58: what a newer one has superseded', () => {
    const memory = async (key: SlotKey) => {
      const superseded = (await connect().get(key))?.superseded;
      return superseded && { by: superseded.by, ids: superseded.ids.toSorted() };
    };

    test('is remembered once each, with the newest of those newer ones', async () => {
      const key = newKey();
      await connect().raise(key, 'b');
      await connect().supersede(seen(key, undefined, 'b'), issuanceId('iss_1'));
      await connect().supersede(seen(key, undefined, 'b'), issuanceId('iss_2'));
      await connect().supersede(seen(key, undefined, 'b'), issuanceId('iss_1'));
      expect(await memory(key)).toEqual({ by: 'b', ids: [issuanceId('iss_1'), issuanceId('iss_2')] });
      await connect().supersede(seen(key, undefined, 'c'), issuanceId('iss_3'));
      await connect().supersede(seen(key, undefined, 'b'), issuanceId('iss_4'));
      expect(await memory(key)).toEqual({ by: 'c', ids: [issuanceId('iss_3')] });
    });

    test('is remembered even if others come at the same time, and at most twenty of them', async () => {
      const key = newKey();
      await connect().raise(key, 'b');
      const ids = Array.from({ length: 25 }, (_, index) => issuanceId(`iss_${index}`));
      await Promise.all(ids.slice(0, 8).map((id) => connect().supersede(seen(key, undefined, 'b'), id)));
      expect((await memory(key))?.ids).toEqual(ids.slice(0, 8));
      for (const id of ids) await connect().supersede(seen(key, undefined, 'b'), id);
      expect((await memory(key))?.ids).toHaveLength(20);
    });

    test('is not remembered by a slot that is not there', async () => {
      const key = newKey();
      await connect().supersede(seen(key, undefined, 'b'), issuanceId('iss_1'));
      expect(await connect().get(key)).toBeUndefined();
    });
  });

  describe('which issuances it has had', () => {
    const ids = Array.from({ length: 60 }, (_, index) => issuanceId(`iss_${index}`));
    const issuances = async (key: SlotKey) => (await connect().get(key))?.issuances;
    const current = async (key: SlotKey) => (await connect().get(key)) ?? expect.unreachable();

    test('is remembered with each lease, once each and in this order', async () => {
      const key = newKey();
      await connect().raise(key, 'a');
      for (const [index, owner] of [
        issuanceId('iss_1'),
        issuanceId('iss_2'),
        issuanceId('iss_2'),
        issuanceId('iss_1'),
        issuanceId('iss_3'),
      ].entries()) {
        const taken = await connect().acquire(await current(key), lease({ owner, token: index + 1 }));
        expect(taken?.issuances).toEqual(await issuances(key));
      }
      expect(await issuances(key)).toEqual([issuanceId('iss_1'), issuanceId('iss_2'), issuanceId('iss_3')]);
    });

    test('is not remembered of one that did not get the lease', async () => {
      const key = newKey();
      await connect().raise(key, 'a');
      await connect().acquire(seen(key), lease());
      await connect().acquire(seen(key), lease({ owner: issuanceId('iss_2') }));
      expect(await issuances(key)).toEqual([issuanceId('iss_1')]);
    });

    test('is remembered with what is superseded without a lease', async () => {
      const key = newKey();
      await connect().raise(key, 'b');
      await connect().acquire(await current(key), lease());
      const before = await current(key);
      await connect().supersede(before, issuanceId('iss_2'));
      await connect().supersede(before, issuanceId('iss_3'));
      await connect().supersede(before, issuanceId('iss_3'));
      expect(await issuances(key)).toEqual([issuanceId('iss_1'), issuanceId('iss_2'), issuanceId('iss_3')]);
    });

    test('is remembered of who was superseded between the read of a slot and its lease', async () => {
      const key = newKey();
      await connect().raise(key, 'b');
      const before = await current(key);
      await connect().supersede(before, issuanceId('iss_2'));
      await connect().acquire(before, lease());
      expect(await issuances(key)).toEqual([issuanceId('iss_2'), issuanceId('iss_1')]);
    });

    test('is remembered of the latest fifty', async () => {
      const key = newKey();
      await connect().raise(key, 'b');
      for (const [index, owner] of ids.entries())
        await connect().acquire(await current(key), lease({ owner, token: index + 1 }));
      expect(await issuances(key)).toEqual(ids.slice(-50));
      await connect().supersede(await current(key), issuanceId('iss_60'));
      expect(await issuances(key)).toEqual([...ids.slice(-49), issuanceId('iss_60')]);
    });
  });

  describe('a lease', () => {
    test('fault 58: names whom it follows, as long as the next one does', async () => {
      const key = newKey();
      await connect().raise(key, 'a');
      const first = lease({ follows: issuanceId('iss_0') });
      expect((await connect().acquire(seen(key), first))?.lease).toEqual(first);
      await connect().release(key, first, '2025');
      expect((await connect().get(key))?.lease).toEqual({ ...first, until: '2025' });
      const second = lease({ token: 2 });
      expect((await connect().acquire(seen(key, { ...first, until: '2025' }), second))?.lease).toEqual(second);
      expect((await connect().get(key))?.lease).toEqual(second);
    });

    test('is taken by one of many', async () => {
      const key = newKey();
      await connect().raise(key, 'a');
      const owners = Array.from({ length: 8 }, (_, index) => issuanceId(`iss_${index}`));
      const taken = await Promise.all(owners.map((owner) => connect().acquire(seen(key), lease({ owner }))));
      const won = taken.filter((slot) => slot !== undefined);
      expect(won).toHaveLength(1);
      expect(await connect().get(key)).toEqual(won[0]);
    });

    test.each<[string, Lease | undefined]>([
      ['none', undefined],
      ['another owner', lease({ owner: issuanceId('iss_2') })],
      ['another token', lease({ token: 2 })],
      ['another end', lease({ until: '2027' })],
    ])('is not taken by who has seen %s', async (_what, last) => {
      const key = newKey();
      await connect().raise(key, 'a');
      await connect().acquire(seen(key), lease());
      const next = lease({ owner: issuanceId('iss_9'), token: 9, until: '2028' });
      expect(await connect().acquire(seen(key, last), next)).toBeUndefined();
      expect((await connect().acquire(seen(key, lease()), next))?.lease).toEqual(next);
    });

    test('once released has another end, so that who saw it held does not take it', async () => {
      const key = newKey();
      await connect().raise(key, 'a');
      await connect().acquire(seen(key), lease());
      await connect().release(key, lease(), '2025');
      expect(await connect().acquire(seen(key, lease()), lease({ token: 2 }))).toBeUndefined();
      expect(await connect().acquire(seen(key, lease({ until: '2025' })), lease({ token: 2 }))).toBeDefined();
    });

    test.each([lease({ owner: issuanceId('iss_2') }), lease({ token: 2 })])(
      'of another is not ended, %j',
      async (other) => {
        const key = newKey();
        await connect().raise(key, 'a');
        await connect().acquire(seen(key), lease());
        await connect().release(key, other, '2025', ['stolen']);
        expect(await connect().get(key)).toEqual({
          key,
          newest: 'a',
          lease: lease(),
          receipts: [],
          issuances: [issuanceId('iss_1')],
        });
      },
    );

    test('ended without receipts leaves them as they were', async () => {
      const key = newKey();
      await connect().raise(key, 'a');
      await connect().acquire(seen(key), lease());
      await connect().release(key, lease(), '2025', ['r1']);
      await connect().release(key, lease(), '2026');
      expect((await connect().get(key))?.receipts).toEqual(['r1']);
    });

    test('of a slot that is not there ends nothing', async () => {
      const key = newKey();
      await connect().release(key, lease(), '2025', ['r1']);
      expect(await connect().get(key)).toBeUndefined();
    });
  });
}
