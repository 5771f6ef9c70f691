/** JSON whose numbers are stored exactly: JSON.parse reads 4.99999999999999999999 as 5, and 5 is what would be issued. */
import { IssuanceError } from '../issuance/issuance-error.ts';

/** More digits than are needed to distinguish any two doubles. */
const mostDigits = 100;

/** Whether a number equals its source text: written with the same number of digits, it is the same decimal number. */
export function isExact(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false;
  const { digits, exponent } = decimalOf(source);
  if (digits === '') return value === 0;
  if (digits.length > mostDigits) return false;
  const again = decimalOf(value.toPrecision(digits.length));
  return again.digits === digits && again.exponent === exponent;
}

/** Significant digits without zeros around them, and the power of ten of the first one; the sign is never lost. */
function decimalOf(text: string): { digits: string; exponent: number } {
  const [, whole = '', fraction = '', power = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const all = whole + fraction;
  let [first, last] = [0, all.length];
  while (first < last && all[first] === '0') first += 1;
  while (first < last && all[last - 1] === '0') last -= 1;
  return { digits: all.slice(first, last), exponent: whole.length - first + Number(power) };
}

/** Parses JSON. Throws `request-not-json`, `request-too-deep`, or `request-invalid` for a number that is not exact. */
export function parseExactly(text: string): unknown {
  return parse(text, (_, value, source) => {
    if (source === undefined || typeof value !== 'number' || isExact(value, source)) return value;
    throw new IssuanceError('request-invalid', { detail: 'a number cannot be kept exactly' });
  });
}

type Reviver = (name: string, value: unknown, source: string | undefined) => unknown;

/** Parses JSON with the source text of each number. Throws like parseExactly, and the errors of the reviver. */
export function parse(text: string, reviver: Reviver): unknown {
  // The types of TypeScript lack the source text argument of a reviver (ECMAScript 2026).
  const revive = (name: string, value: unknown, context?: { source?: string }) => reviver(name, value, context?.source);
  try {
    // A byte order mark at the beginning is ignored (RFC 8259, section 8.1).
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text, revive);
  } catch (error) {
    if (error instanceof IssuanceError) throw error;
    // Thousands of levels exhaust the stack of the reviver.
    throw new IssuanceError(error instanceof RangeError ? 'request-too-deep' : 'request-not-json');
  }
}
