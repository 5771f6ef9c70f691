/** Signatures as senders write them. */

export type SignatureEncoding = 'hex' | 'base64' | 'base64url';

/**
 * The bytes of a signature, or undefined if the text is anything else. Base64 may come without its padding; beyond that
 * there is exactly one text for the same bytes, because a lenient decoder would accept many.
 */
export function decodeSignature(text: string, encoding: SignatureEncoding): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  const written = bytes.toString(encoding);
  if (encoding === 'hex') return written === text.toLowerCase() ? bytes : undefined;
  const padded = written.padEnd(Math.ceil(written.length / 4) * 4, '=');
  return text === padded || text === padded.replace(/=+$/, '') ? bytes : undefined;
}
