/** The large half of the model by itself, so that it runs beside the other. */
import { expect, test } from 'vitest';
import { search } from './search.ts';

test('fault 5: one event, three workers: every invariant holds in every state', () => {
  const { states, violation } = search({ workers: 3, newer: false });
  expect(violation).toBeUndefined();
  expect(states).toBeGreaterThan(100_000);
});
