/** `$time` reads the forms in which senders write an instant, and nothing else. */
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../lib/sources/rules/evaluate.ts';
import { RuleTime } from '../../../../lib/sources/rules/rule-time.ts';

const run = (text: string, t?: unknown) => evaluate(text, { input: { t }, variables: {}, time: new RuleTime() });
const timeOf = async (t: unknown, zone?: string) => {
  const result = await run(zone === undefined ? '$time(t)' : `$time(t, '${zone}')`, t);
  return 'value' in result ? result.value : result;
};

describe('$time', () => {
  test.each<[string, unknown, string]>([
    ['seconds', 1_741_149_708, '2025-03-05T04:41:48.000Z'],
    ['seconds with a fraction', 1_741_149_708.704, '2025-03-05T04:41:48.704Z'],
    ['milliseconds', 1_741_149_708_704, '2025-03-05T04:41:48.704Z'],
    ['seconds as text', '1741149708', '2025-03-05T04:41:48.000Z'],
    ['milliseconds as text', '1741149708704', '2025-03-05T04:41:48.704Z'],
    ['the beginning', 0, '1970-01-01T00:00:00.000Z'],
    ['RFC 3339', '2025-03-05T04:41:48.704Z', '2025-03-05T04:41:48.704Z'],
    ['lower case', '2025-03-05t04:41:48z', '2025-03-05T04:41:48.000Z'],
    ['a space and no zone', '2025-03-05 04:41:48.704', '2025-03-05T04:41:48.704Z'],
    ['a comma and microseconds', '2025-03-05 04:41:48,704123', '2025-03-05T04:41:48.704Z'],
    ['no seconds', '2025-03-05T04:41Z', '2025-03-05T04:41:00.000Z'],
    ['an offset without colon', '2025-03-05T04:41:48+0130', '2025-03-05T03:11:48.000Z'],
    ['an offset of hours', '2025-03-05T04:41:48-05', '2025-03-05T09:41:48.000Z'],
    ['an offset after a space', '2025-03-05 04:41:48 +0000', '2025-03-05T04:41:48.000Z'],
    ['UTC by name', '2025-03-05 04:41:48 UTC', '2025-03-05T04:41:48.000Z'],
    ['a day', '2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['a leap second', '2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['a leap second with an offset', '2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00.000Z'],
  ])('reads %s', async (_, value, instant) => {
    expect(await timeOf(value)).toBe(instant);
  });

  test.each<[string, string, string, string]>([
    ['an offset', '2025-03-05 04:41:48', '+02:00', '2025-03-05T02:41:48.000Z'],
    ['a name', '2025-07-05 04:41:48', 'Europe/Vienna', '2025-07-05T02:41:48.000Z'],
    ['half an hour', '2025-03-05 04:41:48', 'America/St_Johns', '2025-03-05T08:11:48.000Z'],
    ['an hour that occurs twice: the first', '2025-10-26 02:30:00', 'Europe/Vienna', '2025-10-26T00:30:00.000Z'],
    ['an hour that is left out', '2025-03-30 02:30:00', 'Europe/Vienna', '2025-03-30T01:30:00.000Z'],
    ['its own zone, which comes first', '2025-03-05T04:41:48Z', 'Europe/Vienna', '2025-03-05T04:41:48.000Z'],
  ])('in a zone: %s', async (_, value, zone, instant) => {
    expect(await timeOf(value, zone)).toBe(instant);
  });

  test.each<unknown>([
    ...['', 'today', '2025', '20250305', '2025-02-30', '2025-13-01', '2025-03-05T24:00:00Z', '2025-03-05T04:60Z'],
    ...['2025-03-05T04:41:61Z', '2025-03-05T04:41:48+24:00', '2025-03-05T04', '05.03.2025', '1e9', '-1'],
    ...['9'.repeat(60_000), `2025-03-05${' '.repeat(60_000)}`],
    ...[-1, 1e14, true, null, {}, []],
  ])('finds no instant in %.40j', async (value) => {
    expect(await timeOf(value)).toBeUndefined();
  });

  test.each(['Europe/Nowhere', '+25:00', 'x'.repeat(60_000)])(
    'fails for the zone %.20s, without repeating it',
    async (zone) => {
      expect(await timeOf('2025-03-05', zone)).toEqual({ failure: 'it names a time zone that does not exist ($time)' });
    },
  );

  test('can be mapped over a list, and applied in part', async () => {
    expect(await run('$map([0, 1], function($t) { $time($t) })')).toEqual({
      value: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.000Z'],
    });
    expect(await run('$time(?, "+01:00")("1970-01-01 01:00")')).toEqual({ value: '1970-01-01T00:00:00.000Z' });
  });

  test('counts as work, so that a million of them end', async () => {
    expect(await run('$map([1..9999], function($n) { $time($n, "Europe/Vienna") })')).toEqual({
      failure: expect.stringMatching(/too much work|takes too long/),
    });
  });
});
