/** Times in the notations of senders: they are read, and others are written in the same notation. */
import { expect, test } from 'vitest';
import { readTime } from '../../../../tools/events/time-notation.ts';

const at = Date.parse('2026-11-20T09:30:19.321Z');
const later = new Date('2027-01-02T03:04:05.678Z');

test.each<[string | number, number, string | number]>([
  [1795167019, at - 321, 1798859045],
  [1795167019.321, at, 1798859045.678],
  [1795167019321, at, 1798859045678],
  ['1795167019', at - 321, '1798859045'],
  ['1795167019321', at, '1798859045678'],
  ['2026-11-20T09:30:19.321Z', at, '2027-01-02T03:04:05.678Z'],
  ['2026-11-20t09:30:19z', at - 321, '2027-01-02t03:04:05z'],
  ['2026-11-20 09:30:19.321', at, '2027-01-02 03:04:05.678'],
  ['2026-11-20 09:30:19 +0000', at - 321, '2027-01-02 03:04:05 +0000'],
  ['2026-11-20T04:30:19-05:00', at - 321, '2027-01-01T22:04:05-05:00'],
  ['2026-11-20T10:00:19.321000+0030', at, '2027-01-02T03:34:05.678000+0030'],
  ['2026-11-20T09:30Z', at - 19_321, '2027-01-02T03:04Z'],
  ['2026-11-20T09:30:19.3Z', at - 21, '2027-01-02T03:04:05.6Z'],
])('%j', (text, milliseconds, other) => {
  const time = readTime(text);
  expect(time?.at).toBe(milliseconds);
  expect(time?.write(later)).toBe(other);
});

test.each([
  4711,
  0,
  -1,
  5400.5,
  1e20,
  Number.NaN,
  '2026-11-20',
  '10:00',
  'soon',
  '',
  '2026-13-45T99:00:00Z',
  null,
  true,
  {},
])('%j is not a time', (value) => expect(readTime(value)).toBeUndefined());
