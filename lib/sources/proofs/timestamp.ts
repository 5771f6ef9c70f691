/** Sending times of webhooks, as senders write them. */

export type TimeUnit = 's' | 'ms' | 'iso';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** In milliseconds since 1970; undefined for anything but plain digits, or an RFC 3339 time. */
export function readTimestamp(text: string | undefined, unit: TimeUnit = 's'): number | undefined {
  if (text === undefined) return undefined;
  if (unit === 'iso') {
    const read = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(read) ? undefined : read;
  }
  if (!/^[1-9]\d{0,14}$/.test(text)) return undefined;
  return unit === 's' ? Number(text) * 1000 : Number(text);
}

/** Whether a sending time differs from now by at most the tolerance. */
export function isRecent(sentAtMs: number, now: Date, toleranceSeconds: number): boolean {
  return Math.abs(now.getTime() - sentAtMs) <= toleranceSeconds * 1000;
}
