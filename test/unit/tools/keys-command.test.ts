/** What the command `keys` tells an operator. */
import { describe, expect, test } from 'vitest';
import type { KeysStatus } from '../../../lib/signing/keys-status.ts';
import { describeStatus } from '../../../tools/keys/describe-status.ts';
import { describeDropped, dropCompromised } from '../../../tools/keys/drop-compromised.ts';
import type { KeysFunction } from '../../../tools/keys/keys-function.ts';

const now = new Date('2026-11-22T09:00:00Z');
const status: KeysStatus = {
  keys: [
    { role: 'current', kid: 'kid-1', madeAt: '2026-08-24T09:00:00Z' },
    { role: 'next', kid: 'kid-2', madeAt: '2026-11-22T04:00:00Z' },
    { role: 'previous', kid: 'kid-0' },
  ],
  published: 'as-in-the-ring',
  publishedKids: ['kid-0', 'kid-1', 'kid-2'],
  publicMinutes: 60,
};

describe('status', () => {
  test('names each key with its duty and age', () => {
    const text = describeStatus(status, { last: now, next: new Date('2027-02-20T09:00:00Z') }, now);
    expect(text).toContain('current   kid-1  signs, made 90 days ago');
    expect(text).toContain('next      kid-2  signs next, made 5 h ago');
    expect(text).toContain('previous  kid-0  signed, of unknown age');
    expect(text).toContain('next rotation  2027-02-20T09:00:00.000Z');
  });

  test('says loudly what is wrong', () => {
    const other = { ...status, published: 'other-keys' as const, publishedKids: ['kid-1'] };
    const text = describeStatus({ ...other, signsFrom: '2026-11-22T10:00:00Z' }, {}, now);
    expect(text).toContain('kid-2  signs next, made 5 h ago, NOT PUBLISHED');
    expect(text).toContain('NOT the keys of the ring');
    expect(text).toContain('signs from 2026-11-22T10:00:00Z');
    expect(describeStatus({ ...status, keys: [] }, {}, now)).toContain('no signing keys yet');
  });
});

describe('an emergency', () => {
  const asked: string[][] = [];
  const keys: KeysFunction = {
    status: async () => status,
    schedule: async () => ({}),
    drop: async (kids) => {
      asked.push(kids);
      return { dropped: kids, signs: 'kid-9' };
    },
  };

  test.each([
    ['current' as const, ['kid-1']],
    ['all' as const, ['kid-1', 'kid-2', 'kid-0']],
    [['kid-2'], ['kid-2']],
  ])('drops %s', async (which, kids) => {
    expect(describeDropped(await dropCompromised(keys, which))).toContain('signs     kid-9');
    expect(asked.at(-1)).toEqual(kids);
  });

  test('that may not have ended says how to repeat it without dropping another key', async () => {
    const cut = { ...keys, drop: () => Promise.reject(new Error('timed out')) };
    await expect(dropCompromised(cut, 'current')).rejects.toThrow('iob keys rotate --now --kid kid-1');
  });
});
