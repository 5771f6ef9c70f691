/** Offsets of time zones: written as an offset, or by the name of the IANA database. */

const dayMs = 24 * 3600_000;
const writtenOffset = /^([+-])(\d\d)(?::?(\d\d))?$/;
const utc = /^(?:z|utc|gmt)$/i;

/** Making a format takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 50;

export function isTimeZone(zone: unknown): zone is string {
  return typeof zone === 'string' && zone.length <= 64 && offsetOfZone(zone, 0) !== undefined;
}

/** How far a clock of the zone that shows this time (in milliseconds) is ahead of UTC; undefined for an unknown zone. */
export function offsetOfZone(zone: string, localMs: number): number | undefined {
  if (utc.test(zone)) return 0;
  const written = writtenOffset.exec(zone);
  if (written === null) return offsetByName(zone, localMs);
  const [, sign, hours, minutes = '0'] = written;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** An hour that occurs twice is taken the first time; one that is left out is read with the offset before the change. */
function offsetByName(zone: string, localMs: number): number | undefined {
  const format = formatOf(zone);
  if (format === undefined) return undefined;
  const before = offsetAt(format, localMs - dayMs);
  const after = offsetAt(format, localMs + dayMs);
  const isBefore = offsetAt(format, localMs - before) === before;
  return isBefore || offsetAt(format, localMs - after) !== after ? before : after;
}

function offsetAt(format: Intl.DateTimeFormat, atMs: number): number {
  const parts = format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)] as const);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = Object.fromEntries(parts);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = 'numeric';
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', hourCycle: 'h23', ...fields });
    if (formats.size >= mostFormats) formats.clear();
    formats.set(timeZone, format);
    return format;
  } catch {
    return undefined;
  }
}
