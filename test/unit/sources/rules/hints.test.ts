/** Fault 64: hints about rules that are valid, but trip over null, hyphens and lists of one. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../../../lib/config/load-environment.ts';
import { ruleHintsOf } from '../../../../lib/config/rule-hints.ts';
import { expressionHints, ruleHints } from '../../../../lib/sources/rules/hints.ts';
import { plainRule } from '../../../fakes/deliveries.ts';

describe('fault 64: an expression', () => {
  test.each([
    ['data.created-at', '`created-at`'],
    ['$time(data.attributes.updated-at)', '`updated-at`'],
    ['a-b-c', '`a-b`'],
  ])('%s is read as a subtraction', (text, name) => {
    expect(expressionHints(text).join()).toContain(`in backticks (${name})`);
  });

  test.each(['total - discount', 'data.`created-at`', 'total-1', '"a-b"', '-a', '$sum(a)-$sum(b)', '(a)-(b)'])(
    '%s is what it says',
    (text) => {
      expect(expressionHints(text)).toEqual([]);
    },
  );

  test('with $exists is true for null, unless it compares with null', () => {
    expect(expressionHints('$exists(email) ? email : other')).toEqual([expect.stringContaining('x != null')]);
    expect(expressionHints('$exists(email) and email != null')).toEqual([]);
  });
});

describe('fault 64: a claim that is a list', () => {
  const hints = (value: string) =>
    ruleHints([{ ...plainRule, claims: `{ 'tags': ${value}, 'name': a.b }` }], (_, claim) => claim === 'tags');

  test.each(['items.title', 'items[price > 1]', '$map(items, $string)', '$filter(items, function($i) { true })'])(
    'as %s is one value if there is only one',
    (value) => {
      expect(hints(value)).toEqual([
        { path: [0, 'claims'], message: expect.stringContaining('gives tags as one value') },
      ]);
    },
  );

  test.each(['[items.title]', 'items[].title', 'items', '$split(text, ",")', '$append(a, b)'])(
    'as %s stays a list',
    (value) => {
      expect(hints(value)).toEqual([]);
    },
  );
});

describe('the hints of an environment', () => {
  const local = loadEnvironment('local');

  test.each(['local', 'dev', 'prod'])('%s, as it is shipped: none', (name) => {
    expect(ruleHintsOf(loadEnvironment(name))).toBeUndefined();
  });

  test('name file, source and part', () => {
    const { payments } = local.sources;
    if (payments === undefined) throw new Error('There is no source payments');
    const rules = payments.rules.map((rule) => ({ ...rule, occurredAt: '$time(created-at)' })).slice(0, 1);
    expect(ruleHintsOf({ ...local, sources: { payments: { ...payments, rules } } })).toMatch(
      /^config\/local\.json: sources\.payments\.rules\.0\.occurredAt: reads created-at as a subtraction/,
    );
  });
});
