/** Every state of the protocol that workers, a provider, crashes and time can reach keeps every invariant. */
import { describe, expect, test } from 'vitest';
import { statuses } from '../../lib/issuance/status.ts';
import { stuck } from './rest.ts';
import { search } from './search.ts';

describe('fault 5: one event with any number of deliveries, crashes and lost answers', () => {
  test.each([
    { workers: 1, newer: false, least: 500 },
    { workers: 2, newer: false, least: 10_000 },
  ])('$workers workers: every invariant holds in every state', ({ workers, newer, least }) => {
    const { states, violation } = search({ workers, newer });
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(least);
  });

  test('nothing is ever stuck: from every state it can still come to rest', () => {
    expect(stuck({ workers: 2, newer: false })).toEqual([]);
  });

  test('what waits forever is found to be stuck', () => {
    const isSettling = (attempt: { settlesAt?: string } | undefined) => attempt?.settlesAt !== undefined;
    expect(stuck({ workers: 1, newer: false, rules: { isSettling } }).length).toBeGreaterThan(0);
  });
});

describe('fault 15: two events of one holder', () => {
  test('one worker: every invariant holds, every status is reached, and nothing is ever stuck', () => {
    const found = search({ workers: 1, newer: true });
    expect(found.violation).toBeUndefined();
    expect([...found.statuses].sort()).toEqual([...statuses].sort());
    expect(stuck({ workers: 1, newer: true })).toEqual([]);
  });

  test('one worker, and an operator who retries what failed or is uncertain: every invariant holds', () => {
    expect(search({ workers: 1, newer: true, rules: { operator: true } }).violation).toBeUndefined();
  });
});
