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

test('300 seeds at Credenco keep every rule', async () => {
  const violated: string[] = [];
  const ends = new Map<string, number>();
  for (let seed = 1; seed <= 300; seed += 1) {
    const one = await run(seed, { at: 'credenco' });
    for (const { rule, what } of one.violations) violated.push(`seed ${seed}: ${rule}: ${what}`);
    for (const [status, count] of one.ends) ends.set(status, (ends.get(status) ?? 0) + count);
  }
  expect(violated).toEqual([]);
  expect(ends.get('confirmed')).toBeGreaterThan(300);
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
    'no-second-look': '7 newest claims',
    'second-mint': '8 one claim',
    'believe-any-status': '7 newest claims',
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
