/** Each rule of the protocol is needed: without it the model finds what goes wrong, and tells it step by step. */
import { describe, expect, test } from 'vitest';
import { breaches } from './breaches.ts';
import type { InvariantName } from './invariants.ts';
import { search } from './search.ts';
import { printed } from './trace.ts';

/** What must not happen to a holder; the others are rules that keep it from happening. */
const harms: readonly InvariantName[] = [
  'at most one commit per event',
  'an end never regresses',
  'the receipt names the live credential at confirmation',
  'a receipt names a credential of its own event',
  'what failed was not issued',
];

describe('fault 43: without its settling time', () => {
  test.each(['no-settling', 'settling-too-short'] as const)('%s: an event is issued twice', (breach) => {
    const { violation } = search({ workers: 1, newer: false, rules: breaches[breach] });
    expect(violation?.invariant).toBe('at most one commit per event');
    const trace = violation === undefined ? [] : printed(violation);
    expect(trace.join('\n')).toMatch(/posts a .*asks about a .*\n.*a call of a that nobody waits for any more: a2/s);
    expect(trace.at(-1)).toBe('violated "at most one commit per event": the provider has issued a 2 times');
  });
});

describe('fault 6: without what keeps a slow worker away', () => {
  test('no-fencing: an end regresses', () => {
    const { violation } = search({ workers: 2, newer: false, rules: breaches['no-fencing'], invariants: harms });
    expect(violation?.invariant).toBe('an end never regresses');
  });

  test('no-shutting-out: the calls of two issuances are in doubt at once', () => {
    const { violation } = search({ workers: 2, newer: true, rules: breaches['no-shutting-out'] });
    expect(violation?.invariant).toBe('one open outcome per slot');
  });

  test('calls-after-lease: two workers call the provider at once, which is why the function ends before its lease', () => {
    const { violation } = search({ workers: 2, newer: false, rules: breaches['calls-after-lease'] });
    expect(violation?.invariant).toBe('one call at a time');
  });
});

describe('fault 15: without the rule of the lease', () => {
  test.each(['no-lease', 'no-occupied-slots'] as const)('%s: a receipt names a revoked credential', (breach) => {
    const { violation } = search({ workers: 1, newer: true, rules: breaches[breach], invariants: harms });
    expect(violation?.invariant).toBe('the receipt names the live credential at confirmation');
  });
});

test('a trace can be followed: its first step is from the start, and each worker keeps its number', () => {
  const { violation } = search({ workers: 2, newer: false, rules: breaches['calls-after-lease'] });
  const lines = violation === undefined ? [] : printed(violation);
  expect(lines[0]).toMatch(/^ {2}0 {2}worker \d gets the message of a and reads its record \(queued\)/);
  expect(lines.filter((line) => line.includes('posts a'))).toHaveLength(1);
});
