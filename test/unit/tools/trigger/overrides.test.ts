/** `--override`: what it sets, what it leaves as it is, and what it refuses in one line. */
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../tools/command-line/usage-error.ts';
import { applyOverrides, readOverride } from '../../../../tools/trigger/overrides.ts';

const event = `{
  "id": 820982911946154508,
  "lines": [ { "plan": "plus" } ],
  "customer": { "email": "mary@example.com" }
}`;

const set = (...overrides: string[]) => applyOverrides(event, overrides.map(readOverride));

describe('sets', () => {
  test.each<[string, unknown]>([
    ['customer.email=ada@example.com', { customer: { email: 'ada@example.com' } }],
    ['lines[0].plan=pro', { lines: [{ plan: 'pro' }] }],
    ['lines.0.plan="pro"', { lines: [{ plan: 'pro' }] }],
    ['lines.1={"plan":"free"}', { lines: [{ plan: 'plus' }, { plan: 'free' }] }],
    ['customer.age=41', { customer: { email: 'mary@example.com', age: 41 } }],
    ['customer=null', { customer: null }],
    ['new.member=a=b', { new: { member: 'a=b' } }],
    ['new.list[0]=', { new: { list: [''] } }],
    ['customer.paid=true', { customer: { email: 'mary@example.com', paid: true } }],
  ])('%s', (override, expected) => {
    expect(JSON.parse(set(override))).toMatchObject(expected as object);
  });

  test('the last of several for one member', () => {
    expect(JSON.parse(set('customer.email=1', 'customer.email=2')).customer.email).toBe(2);
  });

  test('and nothing else: numbers and spaces stay as they are written', () => {
    expect(set('customer.email=a')).toBe(event.replace('mary@example.com', 'a'));
  });
});

describe('refuses in one line, without the value', () => {
  test.each<[string, string]>([
    ['=secret', 'must begin with a path'],
    ['secret value', 'has no = after'],
    ['a..b=secret', 'has no = after a'],
    ['id.x=secret', 'id has no members: it is a number'],
    ['lines.first=secret', 'lines is an array: write lines[0]'],
    ['lines[7]=secret', 'lines has only 1 elements'],
    ['customer.email.x=secret', 'customer.email has no members: it is a string'],
  ])('%s', (override, message) => {
    let error: unknown;
    try {
      set(override);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toMatch(/\n|=secret/);
  });

  test.each(['no JSON', '', `${'['.repeat(100_000)}${']'.repeat(100_000)}`])('an event that is not JSON', (text) => {
    expect(() => applyOverrides(text, [readOverride('a=1')])).toThrow(UsageError);
  });
});

test('a name of the prototype is an ordinary member', () => {
  const text = applyOverrides('{}', [readOverride('__proto__.polluted=1')]);
  expect(text).toContain('__proto__');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
