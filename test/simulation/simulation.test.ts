/** A thousand seeds of the simulation keep every rule, and a seed is the same run each time. */
import { describe, expect, test } from 'vitest';
import { type MutationName, mutations } from './mutations.ts';
import { run } from './simulation.ts';

const seeds = 1000;

test(`${seeds} seeds keep every rule`, async () => {
  const violated: string[] = [];
  let faults = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const one = await run(seed);
    for (const { rule, what } of one.violations) violated.push(`seed ${seed}: ${rule}: ${what}`);
    for (const count of one.faults.values()) faults += count;
  }
  expect(violated).toEqual([]);
  expect(faults).toBeGreaterThan(seeds);
});

test('a seed is the same run each time, another seed is another', async () => {
  const [first, second, other] = await Promise.all([7, 7, 8].map((seed) => run(seed, { traced: true })));
  expect(first?.trace.length).toBeGreaterThan(50);
  expect(second).toEqual(first);
  expect(other?.trace).not.toEqual(first?.trace);
});

describe('a rule broken on purpose is caught', () => {
  const expected: Record<MutationName, string> = {
    'no-fencing': '4 no way back',
    'blind-retry': '1 one commit',
    'no-settling': '1 one commit',
    'answer-first': '3 durable first',
    'promote-first': '6 published key',
    'ignore-occurred-at': '7 newest claims',
  };

  test.each(Object.entries(expected) as [MutationName, string][])('%s, by rule %s', async (name, rule) => {
    const rules = new Set<string>();
    for (let seed = 1; seed <= 500 && !rules.has(rule); seed += 1) {
      const { violations } = await run(seed, { mutation: mutations[name] });
      for (const violation of violations) rules.add(violation.rule);
    }
    expect([...rules]).toContain(rule);
  });
});
