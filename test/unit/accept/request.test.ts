/** What a source may ask for: everything else is refused by name, before anything is stored. */
import { describe, expect, test } from 'vitest';
import { checkShape, readRequest } from '../../../lib/accept/request.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const body = { program: 'kyc', holder: 'ada@example.com', claims: { level: 'basic' }, occurredAt: now.toISOString() };

const read = (value: unknown, key: string | undefined = 'event-1') => readRequest(value, 'shop', key, now);

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof IssuanceError)
      return error.detail === undefined ? error.code : `${error.code}: ${error.detail}`;
    throw error;
  }
  return 'accepted';
}

/** Claims of so many nested objects, the innermost holding a string. */
function nested(levels: number): unknown {
  let value: unknown = 'leaf';
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

describe('a good request', () => {
  test('is taken as it is, with its time in UTC to the millisecond', () => {
    expect(read({ ...body, occurredAt: '2026-11-22T10:30:00+02:00' })).toEqual({
      ...body,
      source: 'shop',
      idempotencyKey: 'event-1',
      occurredAt: '2026-11-22T08:30:00.000Z',
    });
  });

  test.each([
    ['sixteen levels of claims', { claims: nested(16) }],
    ['990 claims', { claims: Object.fromEntries(Array.from({ length: 990 }, (_, n) => [`c${n}`, n])) }],
    ['the largest exact number', { claims: { n: Number.MAX_SAFE_INTEGER, d: 0.1, small: 5e-324 } }],
    ['a sender’s clock five minutes ahead', { occurredAt: '2026-11-22T09:05:00.000Z' }],
    ['29 February of a leap year', { occurredAt: '2024-02-29T00:00:00Z' }],
  ])('may have %s', (_what, changes) => {
    expect(refusal(() => read({ ...body, ...changes }))).toBe('accepted');
  });
});

describe('shape', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'request-invalid: the body must be an object'],
    ['a list', [body], 'request-invalid: the body must be an object'],
    ['a string', 'body', 'request-invalid: the body must be an object'],
    ['an unknown member', { ...body, extra: 1 }, 'request-invalid: the body has members that are not known here'],
    ['no program', { ...body, program: undefined }, 'request-invalid: program must be a string'],
    ['an empty holder', { ...body, holder: '' }, 'request-invalid: holder must not be empty'],
    ['a huge holder', { ...body, holder: 'a'.repeat(321) }, 'request-invalid: holder must have at most 320 characters'],
    ['a number as holder', { ...body, holder: 7 }, 'request-invalid: holder must be a string'],
    ['a list of claims', { ...body, claims: [] }, 'request-invalid: claims must be an object'],
    ['no claims', { ...body, claims: null }, 'request-invalid: claims must be an object'],
  ])('%s', (_name, value, expected) => expect(refusal(() => read(value))).toBe(expected));

  test.each<[string, string, string]>([
    ['fault 32: __proto__', '{"__proto__":{"admin":true}}', 'request-invalid: a member has a reserved name'],
    [
      'fault 32: constructor.prototype',
      '{"constructor":{"prototype":{"a":1}}}',
      'request-invalid: a member has a reserved name',
    ],
    ['fault 32: prototype further down', '{"a":[{"prototype":1}]}', 'request-invalid: a member has a reserved name'],
    ['fault 35: 1e400', '{"n":1e400}', 'request-invalid: a number is too large to be kept exactly'],
    ['fault 35: -1e400', '{"n":-1e400}', 'request-invalid: a number is too large to be kept exactly'],
    ['fault 35: 2^53+1', '{"n":9007199254740993}', 'request-invalid: a number is too large to be kept exactly'],
    ['fault 31: a lone surrogate', '{"n":"\\ud800"}', 'request-invalid: a string has broken characters'],
    ['a name with a lone surrogate', '{"\\udfff":1}', 'request-invalid: a string has broken characters'],
  ])('claims with %s', (_name, claims, expected) => {
    expect(refusal(() => read({ ...body, claims: JSON.parse(claims) }))).toBe(expected);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['seventeen levels', { ...body, claims: nested(17) }],
    ['10,000 claims', { ...body, claims: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`c${n}`, n])) }],
    ['a list of 1,001 values', { ...body, claims: { list: Array(1001).fill(0) } }],
    ['20,000 brackets', JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
  ])('fault 30: %s is too deep', (_name, value) => expect(refusal(() => read(value))).toBe('request-too-deep'));

  test('fault 35: -0 is 0, as JSON text says it', () => {
    expect(JSON.stringify(read({ ...body, claims: JSON.parse('{"n":-0}') }).claims)).toBe('{"n":0}');
  });

  test('the shape is checked before anything else looks at the value', () => {
    const descriptor = { value: 1, enumerable: true, configurable: true };
    const trap = new Proxy({}, { ownKeys: () => ['__proto__'], getOwnPropertyDescriptor: () => descriptor });
    expect(refusal(() => checkShape({ claims: trap }))).toContain('reserved name');
  });
});

describe('the idempotency key', () => {
  test.each(['a', 'event 1', 'x'.repeat(255), '~!"#$%&'])('may be %j', (key) => {
    expect(refusal(() => read(body, key))).toBe('accepted');
  });

  test.each(['x'.repeat(256), ' a', 'a ', 'a\n', 'é', 'a\u0000b', 'a\r\nx: y'])('may not be %j', (key) => {
    expect(refusal(() => read(body, key))).toBe('idempotency-key-invalid');
  });

  test.each([undefined, ''])('is missing when it is %j', (key) => {
    expect(refusal(() => readRequest(body, 'shop', key, now))).toBe('idempotency-key-missing');
  });
});

describe('occurredAt', () => {
  test.each([
    '2026-02-30T10:00:00Z',
    '2025-02-29T10:00:00Z',
    '2026-11-31T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '10000-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T09:00:60Z',
    '2026-11-22T09:00:00',
    '2026-11-22',
    'yesterday',
    '',
    1_764_000_000,
    null,
    undefined,
    true,
  ])('fault 35: may not be %j', (occurredAt) => {
    expect(refusal(() => read({ ...body, occurredAt }))).toBe('occurred-at-invalid');
  });

  test.each(['2026-11-22T09:05:00.001Z', '2026-11-22T11:06:00+02:00', '9999-12-31T23:59:59Z'])(
    'may not lie in the future: %s',
    (occurredAt) => expect(refusal(() => read({ ...body, occurredAt }))).toBe('occurred-at-in-future'),
  );
});
