/** The large half of the model by itself, so that it runs beside the other. */
import { expect, test } from 'vitest';
import { search } from './search.ts';

test('fault 15: two events of one holder, two workers: every invariant holds in every state', () => {
  const { states, violation } = search({ workers: 2, newer: true });
  expect(violation).toBeUndefined();
  expect(states).toBeGreaterThan(100_000);
});
