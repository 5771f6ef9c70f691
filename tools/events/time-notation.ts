/** Times as senders write them, and other times in the same notation. */

export interface NotedTime {
  /** Milliseconds since 1970. */
  at: number;
  /** Another time in the same notation. */
  write(at: Date): string | number;
}

/** Whole seconds and milliseconds from 2001 to 2100. */
const [firstSecond, lastSecond] = [978_307_200, 4_133_980_800];

/** Undefined if a value is not a time: seconds or milliseconds since 1970, or a date with a time of day. */
export function readTime(value: unknown): NotedTime | undefined {
  if (typeof value === 'number') return readNumber(value);
  if (typeof value !== 'string') return undefined;
  if (!/^\d{10}(\d{3})?$/.test(value)) return readText(value);
  const read = readNumber(Number(value));
  return read && { at: read.at, write: (at) => String(read.write(at)) };
}

function readNumber(value: number): NotedTime | undefined {
  if (value >= firstSecond && value <= lastSecond) {
    const whole = Number.isInteger(value);
    return { at: value * 1000, write: (at) => (whole ? Math.floor(at.getTime() / 1000) : at.getTime() / 1000) };
  }
  const milliseconds = Number.isInteger(value) && value >= firstSecond * 1000 && value <= lastSecond * 1000;
  return milliseconds ? { at: value, write: (at) => at.getTime() } : undefined;
}

const notation = /^(\d{4}-\d\d-\d\d)([Tt ])(\d\d:\d\d)(:\d\d)?(?:\.(\d{1,9}))?( ?)([Zz]|[+-]\d\d:?\d\d)?$/;

/** Without a zone, a time is UTC. */
function readText(text: string): NotedTime | undefined {
  const match = notation.exec(text);
  if (match === null) return undefined;
  const [, date, between = 'T', minutes, seconds, fraction, space = '', zone = ''] = match;
  const digits = fraction === undefined ? '' : `.${fraction.slice(0, 3)}`;
  const offset = offsetOf(zone);
  const at = Date.parse(`${date}T${minutes}${seconds ?? ':00'}${digits}Z`) - offset;
  if (Number.isNaN(at)) return undefined;
  const write = (other: Date) => {
    const local = new Date(other.getTime() + offset).toISOString();
    const part = fraction === undefined ? '' : `.${local.slice(20, 23).padEnd(9, '0').slice(0, fraction.length)}`;
    return `${local.slice(0, 10)}${between}${local.slice(11, seconds === undefined ? 16 : 19)}${part}${space}${zone}`;
  };
  return { at, write };
}

/** Milliseconds east of UTC. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const total = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -total : total;
}
