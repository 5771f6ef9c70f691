/** Fault 33: a rule that loops, recurses or explodes is stopped, and nothing of the event is in the reason. */
import { afterAll, describe, expect, test } from 'vitest';
import { processorMs } from '../../../lib/issuance/processor-time.ts';
import { evaluate } from '../../../lib/sources/rules/evaluate.ts';
import { RuleTime } from '../../../lib/sources/rules/rule-time.ts';

const long = 'a'.repeat(60_000);

const times: { what: string; milliseconds: number }[] = [];

/** So much that only the limits on work, depth and size can end an expression, on however busy a machine. */
async function run(text: string, input: unknown = {}) {
  const start = processorMs();
  const result = await evaluate(text, { input, variables: {}, time: new RuleTime(60_000) });
  times.push({ what: text, milliseconds: processorMs() - start });
  return result;
}

afterAll(() => {
  const worst = times.toSorted((one, other) => other.milliseconds - one.milliseconds).slice(0, 5);
  const lines = worst.map(({ what, milliseconds }) => `${milliseconds.toFixed(0).padStart(6)} ms  ${what}`);
  console.log(['The worst expressions, in processor time:', ...lines].join('\n'));
});

describe('fault 33: a mapping expression is capped', () => {
  test.each<[string, string, unknown, RegExp]>([
    ['a loop', '($f := function($n){ $f($n + 1) }; $f(0))', {}, /too much work/],
    ['a recursion', '($f := function($n){ 1 + $f($n + 1) }; $f(0))', {}, /nests too deep/],
    [
      'a $map of $maps',
      '$map([1..9999], function($i){ $map([1..9999], function($j){ $i * $j }) })',
      {},
      /too much work/,
    ],
    ['a cross product', 'a.($$.a.($$.a.($$.a)))', { a: Array(900).fill(1) }, /too much work|too long/],
    ['a range of millions', '[1..10000000]', {}, /too long a sequence/],
    [
      'text that doubles',
      '($f := function($x, $n){ $n = 0 ? $x : $f($x & $x, $n - 1) }; $f("ab", 40))',
      {},
      /too long a string/,
    ],
    [
      'arrays that double',
      '($f := function($x, $n){ $n = 0 ? $x : $f($append($x, $x), $n - 1) }; $f(["a"], 40))',
      {},
      /too/,
    ],
    [
      'objects that double',
      '($f := function($x, $n){ $n = 0 ? $x : $f({"a": $x, "b": $x}, $n - 1) }; $f("a", 40))',
      {},
      /too/,
    ],
    ['a wide $pad', '$pad("", 500000000)', {}, /too long a string/],
    ['a growing $replace', '$replace(t, "a", t)', { t: long }, /too long a string/],
    ['a $join of long texts', '$join([1..9999].($$.t), $$.t)', { t: long }, /too/],
    ['a transform that grows', '$ ~> |$|{"t": $$.t & $$.t & $$.t & $$.t & $$.t}|', { t: long }, /too long a string/],
    ['$distinct of many', '$distinct([1..9999])', {}, /too much work/],
    ['a regex that backtracks forever', '$match(t, /^(a+)+$/)', { t: `${'a'.repeat(40)}!` }, /regular expression/],
    ['a regex with choices', '$contains(t, /(a|aa)*c/)', { t: 'a'.repeat(60) }, /regular expression/],
    ['a regex of the fifth degree', '$replace(t, /a*a*a*a*b/, "x")', { t: long }, /regular expression/],
    ['a regex that matches everywhere', '$replace(t, /a/, "")', { t: long }, /too much work|takes too long/],
    ['a date picture on a long text', '$toMillis(t, "[H][m][s]")', { t: '1'.repeat(60_000) }, /too long a string/],
    ['a large Roman number', '$formatInteger(1000000000, "I")', {}, /too/],
    ['a large result', '[1..9999]', {}, /too large/],
  ])('%s', async (_, text, input, reason) => {
    const result = await run(text, input);
    expect(result).toEqual({ failure: expect.stringMatching(reason) });
  });

  test('time runs out even where work is cheap', async () => {
    const result = await evaluate('a', { input: { a: 1 }, variables: {}, time: new RuleTime(0) });
    expect(result).toEqual({ failure: 'it takes too long' });
  });

  test('a rule far larger than any in config/examples stays within the limits', async () => {
    const items = Array.from({ length: 200 }, (_, index) => ({
      price: index,
      tags: ['a', 'b'],
      name: `item ${index}`,
    }));
    const text = '{"total": $sum(items.price), "names": $join(items[price > 100].$uppercase(name), ", ")}';
    expect(await run(text, { items })).toMatchObject({ value: { total: 19_900 } });
  });
});

describe('what a rule may not do', () => {
  test.each(['$eval("1")', '$now()', '$millis()', '$random()', '$shuffle([1, 2])'])('%s is not there', async (text) => {
    expect(await run(text)).toEqual({ failure: 'it calls something that is not a function' });
  });

  test.each(['$string', '{"f": $string}', '[function($x){$x}]', '$uppercase ~> $trim'])(
    '%s is no result',
    async (text) => {
      expect(await run(text)).toEqual({ failure: 'its result has a function in it' });
    },
  );

  test.each([
    'a.constructor',
    'a.__proto__',
    '$.toString',
    '{}.constructor',
    '"x".constructor',
    '$lookup($, "valueOf")',
  ])('fault 32: %s finds nothing', async (text) => {
    expect(await run(text, { a: {} })).toEqual({ value: undefined });
  });

  test.each([
    '{ n: 1 }',
    '$merge([{ n: {"polluted": 1} }])',
    '$ ~> |a|{"__proto__": {"polluted": 1}}|',
    '{"a": { n: {} }}',
  ])('fault 32: %s leaves Object.prototype alone', async (text) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const n of ['__proto__', 'constructor', 'prototype']) await run(text, { n, a: {} });
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    '$error("it was " & secret)',
    '$assert(false, secret)',
    '$number(secret)',
    'secret + 1',
    '$toMillis(secret)',
    '$sum([secret])',
    '$lookup(secret, 1)',
    '$round(secret)',
    'secret ~> secret',
    '$fromMillis(secret)',
  ])('%s fails without repeating the event', async (text) => {
    const result = await run(text, { secret: 'marker-4711' });
    expect(result).toHaveProperty('failure');
    expect(JSON.stringify(result)).not.toContain('marker-4711');
  });
});

describe('what a rule may do as it always could', () => {
  test.each<[string, unknown]>([
    ['$substring(?, 0, 3)("abcdef")', 'abc'],
    ['"  a " ~> $trim ~> $uppercase', 'A'],
    ['["b", "a"]^($)', ['a', 'b']],
    ['$map([1, 2], $string)', ['1', '2']],
    ['$replace("2026-11-20 09:30", /(\\d) (\\d)/, "$1T$2")', '2026-11-20T09:30'],
    ['$match("a1b2", /[a-z](\\d)/).groups', ['1', '2']],
    ['$split("a, b,c", /,\\s*/)', ['a', 'b', 'c']],
    ['$fromMillis(1500000000000)', '2017-07-14T02:40:00.000Z'],
    ['$toMillis("2017-07-14 02:40", "[Y]-[M]-[D] [H]:[m]")', 1_500_000_000_000],
    ['$reduce([1..5], function($a, $b){ $a * $b })', 120],
  ])('%s', async (text, value) => {
    expect(await run(text)).toEqual({ value });
  });
});
