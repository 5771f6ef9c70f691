/** Reads the JSON of other systems, whose numbers may have more digits than a double can store exactly. */
import { isExact, parse } from '../../accept/exact-json.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';

/**
 * Numbers that cannot be stored exactly become strings with their original digits. Throws
 * `request-not-json` or `request-too-deep`.
 */
export function parseEvent(text: string): unknown {
  return parse(text, (_, value, source) => {
    if (typeof value !== 'number' || source === undefined) return value;
    const safe = !Number.isInteger(value) || Number.isSafeInteger(value);
    return safe && isExact(value, source) ? value : source;
  });
}

/** The text of a body, without a byte order mark. Throws `request-not-json` if it is not UTF-8. */
export function textOfBytes(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new IssuanceError('request-not-json');
  }
}
