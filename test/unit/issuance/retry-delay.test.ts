/** How long a message stays away, and what a provider may ask for. */
import { describe, expect, test } from 'vitest';
import { parseRetryAfter } from '../../../lib/http/retry-after.ts';
import { retryDelaySeconds, waitsInTable } from '../../../lib/issuance/retry-delay.ts';

const most = () => 0.999_999;
const least = () => 0;

describe('fault 16: the delay', () => {
  test('doubles from 2 s to a quarter of an hour when the provider is out of order', () => {
    const delays = [1, 2, 3, 4, 9, 10, 11, 50].map((tries) =>
      retryDelaySeconds('provider-unavailable', tries, 0, most),
    );
    expect(delays).toEqual([2, 4, 8, 16, 512, 900, 900, 900]);
  });

  test('is anything from one second to that: full jitter', () => {
    expect(retryDelaySeconds('provider-unavailable', 8, 0, least)).toBe(1);
    expect(retryDelaySeconds('provider-unavailable', 8, 0, () => 0.5)).toBe(128);
  });

  test.each([
    ['slot-busy', 120],
    ['lease-lost', 60],
    ['provider-answer-lost', 300],
    ['provider-answer-unreadable', 300],
    ['provider-rate-limited', 900],
  ] as const)('after %s is at most %i s', (code, expected) => {
    expect(retryDelaySeconds(code, 1000, 0, most)).toBe(expected);
  });

  test('is at least what the provider asks for, within an hour, with jitter on top so that not all come at once', () => {
    expect(retryDelaySeconds('provider-rate-limited', 1, 30, least)).toBe(30);
    expect(retryDelaySeconds('provider-rate-limited', 3, 30, most)).toBe(38);
    expect(retryDelaySeconds('provider-rate-limited', 1, 1e9, least)).toBe(3600);
    expect(retryDelaySeconds('provider-rate-limited', 1, 0, least)).toBe(1);
  });

  test('always fits into what a queue can keep a message away', () => {
    expect(retryDelaySeconds('provider-rate-limited', 1e6, 1e15, most)).toBeLessThan(12 * 3600);
  });
});

describe('fault 51: the place', () => {
  test.each<[string, Parameters<typeof waitsInTable>, boolean]>([
    ['an open circuit, at first', ['circuit-open', 1, 60], false],
    ['an open circuit, the third time', ['circuit-open', 3, 1], false],
    ['an open circuit, the fourth time', ['circuit-open', 4, 1], true],
    ['a circuit that is open for long', ['circuit-open', 1, 61], true],
    ['a provider that is out of order', ['provider-unavailable', 9, 900], false],
    ['the same after ten messages', ['provider-unavailable', 10, 1], true],
    ['longer than a message can wait', ['provider-rate-limited', 1, 901], true],
  ])('to wait for %s', (_name, wait, inTable) => expect(waitsInTable(...wait)).toBe(inTable));
});

describe('fault 16: retry-after', () => {
  const now = new Date('2026-11-22T09:00:00.500Z');

  test.each<[string, string, number | undefined]>([
    ['seconds', '120', 120],
    ['none', '0', 0],
    ['with spaces', ' 7 ', 7],
    ['huge', '1000000000', 1e9],
    ['a date', 'Sun, 22 Nov 2026 09:01:00 GMT', 60],
    ['a date of the past', 'Sun, 22 Nov 2026 08:00:00 GMT', 0],
    ['a date of RFC 850', 'Sunday, 22-Nov-26 09:01:00 GMT', 60],
    ['negative', '-5', undefined],
    ['a fraction', '1.5', undefined],
    ['exponents', '1e3', undefined],
    ['words', 'soon', undefined],
    ['a date that JavaScript alone would take', '2027', 2027],
    ['an ISO date', '2026-11-22T10:00:00Z', undefined],
    ['a name of a day and nothing else', 'Sunday', undefined],
    ['more digits than seconds can have', '9'.repeat(16), undefined],
    ['empty', '', undefined],
  ])('%s', (_name, header, seconds) => expect(parseRetryAfter(header, now)).toBe(seconds));

  test('missing', () => expect(parseRetryAfter(null, now)).toBeUndefined());
});
