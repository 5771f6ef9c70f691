/** What every issuance store must do, whatever it is made of. */

import { describe, expect, test } from 'vitest';
import type { IssuanceTable } from '../../lib/aws/issuance-table.ts';
import { afterProgram, waitingRoom } from '../../lib/issuance/due.ts';
import { type IssuanceId, issuanceId } from '../../lib/issuance/ids.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { allowedBefore, statuses } from '../../lib/issuance/status.ts';
import { issuanceIn, turned } from '../fakes/issuance-in.ts';

let count = 0;

/** An id nobody has used, whose last character is anything. */
function newId(): IssuanceId {
  count += 1;
  return issuanceId(`iss_${count.toString(36).padStart(27, '0')}`);
}

const created = async (store: IssuanceTable, issuance: Issuance): Promise<Issuance> => {
  expect(await store.create(issuance)).toBeUndefined();
  return issuance;
};

/** Runs the suite; `connect` gives the store, and stores given at the same time share what they hold. */
export function itStoresIssuances(connect: () => IssuanceTable): void {
  describe('records', () => {
    test('come back as they were written, personal data and numbers included', async () => {
      const claims = { n: 1.5, big: 9_007_199_254_740_991, list: [null, true, ''], deep: { a: { b: 'é' } } };
      const issuance = issuanceIn('submitting', { id: newId(), claims, progress: { offer: 'x' } });
      await created(connect(), issuance);
      expect(await connect().get(issuance.id)).toEqual(issuance);
    });

    test('come back without their holder, before it is looked up', async () => {
      const { holder, progress: _progress, lookup: _lookup, ...rest } = issuanceIn('queued', { id: newId() });
      const issuance = await created(connect(), { ...rest, lookup: 'customer-7' });
      expect(await connect().get(issuance.id)).toEqual(issuance);
      expect(await connect().replace({ ...rest, sequence: rest.sequence + 1, holder })).toBe(true);
      expect(await connect().get(issuance.id)).not.toHaveProperty('lookup');
    });

    test('without optional members have none afterwards', async () => {
      const issuance = await created(connect(), issuanceIn('confirmed', { id: newId() }));
      expect(Object.keys((await connect().get(issuance.id)) ?? {}).sort()).toEqual(Object.keys(issuance).sort());
    });

    test('that are not there are undefined', async () => {
      expect(await connect().get(newId())).toBeUndefined();
    });

    test('are created once: the second gets the first', async () => {
      const issuance = await created(connect(), issuanceIn('queued', { id: newId() }));
      expect(await connect().create({ ...issuance, fingerprint: 'other' })).toEqual(issuance);
      expect(await connect().get(issuance.id)).toEqual(issuance);
    });

    test('created by many at once belong to one of them', async () => {
      const id = newId();
      const fingerprints = Array.from({ length: 8 }, (_, index) => `writer-${index}`);
      const answers = await Promise.all(
        fingerprints.map((fingerprint) => connect().create(issuanceIn('queued', { id, fingerprint }))),
      );
      const stored = await connect().get(id);
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
      for (const answer of answers) if (answer) expect(answer).toEqual(stored);
    });

    test('are read many at once, each once, missing ones left out', async () => {
      const store = connect();
      const ids = Array.from({ length: 130 }, newId);
      await Promise.all(ids.map((id) => created(store, issuanceIn('queued', { id }))));
      const found = await store.getMany([...ids, newId(), ...ids.slice(0, 1)]);
      expect(found.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    });
  });

  describe('replacing', () => {
    const pairs = statuses.flatMap((from) =>
      statuses.map((to) => [from, to, allowedBefore(to).includes(from)] as const),
    );

    test.each(pairs)('%s by %s: %s', async (from, to, allowed) => {
      const id = newId();
      await created(connect(), issuanceIn(from, { id }));
      const attempt = { number: 2, fence: 1, openSince: '2031-01-01T00:00:00.000Z' };
      const next = issuanceIn(to, { id, sequence: 3, attempt });
      expect(await connect().replace(next)).toBe(allowed);
      expect(await connect().get(id)).toEqual(allowed ? next : issuanceIn(from, { id }));
    });

    test.each([2, 4, 5])('needs the sequence just before: not %i after 2', async (sequence) => {
      const id = newId();
      await created(connect(), issuanceIn('queued', { id }));
      expect(await connect().replace(issuanceIn('submitting', { id, sequence }))).toBe(false);
    });

    test.each([
      [3, 2, false],
      [3, 3, true],
      [3, 4, true],
      [3, undefined, false],
      [undefined, undefined, true],
      [undefined, 1, true],
    ])('under fence %s by one under fence %s: %s', async (before, after, allowed) => {
      const id = newId();
      const attempt = (fence: number | undefined) => (fence === undefined ? {} : { attempt: { number: 1, fence } });
      const record = issuanceIn('queued', { id });
      await created(connect(), { ...record, ...attempt(before) });
      expect(await connect().replace({ ...record, sequence: 3, ...attempt(after) })).toBe(allowed);
    });

    test('by many at once: one wins', async () => {
      const id = newId();
      await created(connect(), issuanceIn('queued', { id }));
      const openSince = '2031-01-01T00:00:00.000Z';
      const writers = Array.from({ length: 8 }, (_, number) =>
        connect().replace(issuanceIn('submitting', { id, sequence: 3, attempt: { number, fence: 1, openSince } })),
      );
      expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
    });
  });

  describe('listing', () => {
    const at = (minute: number) => `2031-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;

    async function filled(source: string): Promise<IssuanceId[]> {
      const ids = Array.from({ length: 25 }, newId);
      const store = connect();
      const minuteOf = (index: number) => (index * 7) % 25;
      const records = ids.map((id, index) => issuanceIn('uncertain', { id, source, dueAt: at(minuteOf(index)) }));
      await Promise.all(records.map((record) => created(store, record)));
      return records.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1)).map(({ id }) => id);
    }

    async function pagesOf(query: Parameters<IssuanceTable['list']>[0]): Promise<string[][]> {
      const pages: string[][] = [];
      let after: string | undefined;
      do {
        const page = await connect().list({ ...query, ...(after !== undefined && { after }) });
        pages.push(page.issuances.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined && pages.length < 200);
      return pages;
    }

    test.each([1, 7, 25, 100])('goes through all, earliest due first, %i at a time', async (limit) => {
      const source = `lister-${limit}`;
      const ids = await filled(source);
      const pages = await pagesOf({ status: 'uncertain', limit, source });
      expect(pages.flat()).toEqual(ids);
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
    });

    test('gives only what is due before a time', async () => {
      const ids = await filled('due');
      const pages = await pagesOf({ status: 'uncertain', limit: 4, source: 'due', dueBefore: at(10) });
      expect(pages.flat()).toEqual(ids.slice(0, 10));
    });

    test('fault 51: gives what waits behind everything that is due, program by program', async () => {
      const store = connect();
      const source = 'waiters';
      const put = async (program: string, minute: number, waiting?: true) => {
        const id = newId();
        await created(
          store,
          issuanceIn('queued', { id, source, program, dueAt: at(minute), ...(waiting && { waiting }) }),
        );
        return id;
      };
      const [late, soon] = [await put('b', 9), await put('b', 1)];
      const [b2, b1, a] = [await put('b', 2, true), await put('b', 1, true), await put('a', 3, true)];
      const list = async (query: object) => (await pagesOf({ status: 'queued', limit: 2, source, ...query })).flat();
      expect(await list({})).toEqual([soon, late, a, b1, b2]);
      expect(await list({ dueBefore: at(30) })).toEqual([soon, late]);
      expect((await store.list({ status: 'queued', limit: 9, source, after: waitingRoom })).issuances).toHaveLength(3);
      expect(
        (await store.list({ status: 'queued', limit: 9, source, after: afterProgram('a') })).issuances,
      ).toHaveLength(2);
    });

    test('gives only its status, with everything in it', async () => {
      const [first = expect.unreachable()] = await filled('moved');
      const record = await connect().get(first);
      const next = turned(record ?? issuanceIn('uncertain'), 'failed', { sequence: 3 });
      await connect().replace(next);
      expect((await pagesOf({ status: 'uncertain', limit: 100, source: 'moved' })).flat()).toHaveLength(24);
      const failed = await connect().list({ status: 'failed', limit: 100, source: 'moved' });
      expect(failed.issuances).toEqual([next]);
    });

    test('of nothing comes to an end', async () => {
      expect((await pagesOf({ status: 'queued', limit: 5, source: 'nobody' })).flat()).toEqual([]);
    });
  });
}
