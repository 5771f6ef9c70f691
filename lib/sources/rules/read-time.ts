/** The function `$time`: reads the forms in which senders write an instant. */
import { FunctionFailure } from './function-failure.ts';
import { isTimeZone, offsetOfZone } from './time-zone.ts';

/** Numbers below are seconds since 1970, from there on milliseconds: the year 5138, or 1973. */
const firstMilliseconds = 1e11;
const longestText = 64;

const form =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:t|\s+)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * RFC 3339 in UTC with milliseconds; undefined if the value is no instant. `zone` is for a text without a zone: an offset
 * (`+02:00`) or a name (`Europe/Vienna`). Default: UTC.
 */
export function readTime(value: unknown, zone?: unknown): string | undefined {
  if (zone !== undefined && !isTimeZone(zone)) throw new FunctionFailure('D9002', 'time');
  const milliseconds = typeof value === 'string' ? ofText(value, zone) : ofNumber(value);
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

function ofNumber(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value >= 0 && value < firstMilliseconds * 1000)) return undefined;
  return Math.floor(value < firstMilliseconds ? value * 1000 : value);
}

function ofText(padded: string, zone: string | undefined): number | undefined {
  if (padded.length > longestText) return undefined;
  const text = padded.trim();
  // Fewer digits may be a year or a day.
  if (/^\d{9,14}(?:\.\d+)?$/.test(text)) return ofNumber(Number(text));
  const found = form.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', written] = found;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(midnight).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  // 60 is a leap second; it ends where the next minute begins.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  const milliseconds = local + Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = offsetOfZone(written ?? zone ?? 'Z', milliseconds);
  return offset === undefined ? undefined : milliseconds - offset;
}
