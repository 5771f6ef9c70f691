/** The limits of JSON that comes in, each at its last value within and its first beyond. */
import { describe, expect, test } from 'vitest';
import { checkShape } from '../../../lib/accept/request.ts';
import { readObject } from '../../../lib/sources/envelopes/source-event.ts';
import { plainJson } from '../../../lib/sources/rules/plain-json.ts';

/** So many objects within each other, with a scalar in the innermost. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}
/** An object with an array: so many values together. */
const wide = (values: number) => ({ a: Array(values - 2).fill(0) });

describe.each<[string, (value: unknown) => unknown, number, number]>([
  ['a request', checkShape, 17, 1000],
  ['an event', readObject, 32, 100_000],
  ['the result of a rule', plainJson, 16, 2000],
])('fault 30: %s', (_what, check, levels, values) => {
  test(`has at most ${levels} levels`, () => {
    expect(() => check(nested(levels))).not.toThrow();
    expect(() => check(nested(levels + 1))).toThrow();
  });

  test(`has at most ${values} values`, () => {
    expect(() => check(wide(values))).not.toThrow();
    expect(() => check(wide(values + 1))).toThrow();
  });

  test('may be deeper than the stack', () => {
    expect(() => check(nested(200_000))).toThrow(expect.objectContaining({ name: expect.not.stringMatching('Range') }));
  });
});

test('fault 32: the result of a rule has no reserved names', () => {
  const hostile: unknown = JSON.parse('{"a":[{"__proto__":1}]}');
  expect(() => plainJson(hostile)).toThrow('reserved name');
});
