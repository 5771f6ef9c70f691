/** The `retry-after` header, RFC 9110 section 10.2.3. */

/** Seconds to wait; undefined if the header is missing or invalid. */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,15}$/.test(header.trim())) return Number(header);
  // An HTTP date begins with the name of a day; Date.parse alone would accept almost anything.
  const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}
