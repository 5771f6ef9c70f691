/** What a slot remembers of its credentials: a lost one is told from an older one by it. */
import { expect, test } from 'vitest';
import { withReceipt } from '../../../lib/submit/lease.ts';

test('a slot knows its latest credentials, however many it has had, and stays small', () => {
  let known: string[] = [];
  for (let count = 1; count <= 1000; count += 1) {
    known = withReceipt(known, `credential-${count}`);
    // A delayed answer may be about one that was replaced a few times since.
    const latest = Array.from({ length: Math.min(count, 20) }, (_, back) => `credential-${count - back}`);
    expect(known).toEqual(expect.arrayContaining(latest));
  }
  expect(JSON.stringify(known).length).toBeLessThan(10_000);
});

test('the same credential again is known once', () => {
  expect(withReceipt(['a', 'b'], 'b')).toEqual(['a', 'b']);
});
