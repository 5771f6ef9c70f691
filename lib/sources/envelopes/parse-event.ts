/** Reads the JSON of other systems, whose numbers may be longer than a double is exact. */
import { IssuanceError } from '../../issuance/issuance-error.ts';

/**
 * Whole numbers and exponents that would not be kept exactly come as the text they were written in. Throws
 * `request-not-json` or `request-too-deep`.
 */
export function parseEvent(text: string): unknown {
  try {
    return JSON.parse(text, exactly as (name: string, value: unknown) => unknown);
  } catch (error) {
    // Thousands of levels exhaust the stack of the reviver.
    throw new IssuanceError(error instanceof RangeError ? 'request-too-deep' : 'request-not-json');
  }
}

/** The bytes of a body. Throws as parseEvent does, also when they are not UTF-8. */
export function parseEventBytes(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new IssuanceError('request-not-json');
  }
  return parseEvent(text);
}

// TypeScript does not know yet that a reviver is told the source text (ECMAScript 2026).
function exactly(_name: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined) return value;
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return exact ? value : source;
}
