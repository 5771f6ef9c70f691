/** The place of an event in its sender's sequence, in a form that compares as a string. */

const mostDigits = 30;

/** Digits of a fixed width; undefined if the event has no place. Valid are whole numbers from 0, with at most 30 digits. */
export function readOrder(value: unknown): string | undefined | 'invalid' {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return 'invalid';
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,30}$/.test(text)) return 'invalid';
  return text.padStart(mostDigits, '0');
}
