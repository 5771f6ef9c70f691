/** Reads the header `content-type` (RFC 9110, section 8.3.1). */
import { IssuanceError } from '../issuance/issuance-error.ts';

/** ASCII is the same in UTF-8. */
const charsets: readonly string[] = ['utf-8', 'utf8', 'us-ascii'];

/** The media type in lower case, without parameters; empty if the header is missing. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Throws `charset-unsupported`. The gateway may already have damaged a body in another charset, so none is converted. */
export function checkCharset(contentType: string | undefined): void {
  const named = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType ?? '')?.[1];
  if (named !== undefined && !charsets.includes(named.toLowerCase())) throw new IssuanceError('charset-unsupported');
}
