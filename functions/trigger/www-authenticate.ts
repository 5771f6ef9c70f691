/** The header `www-authenticate`: why a request was not authorized (RFC 6750, section 3). */
import type { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { ScopeMissing } from '../../lib/sources/api-tokens.ts';

const realm = 'Bearer realm="issue-on-behalf"';

/** A request that sent no token at all learns no error, as the RFC asks; a webhook is not told the scheme of its source. */
export function challengeOf(error: IssuanceError, authorization: string | undefined): string | undefined {
  if (error instanceof ScopeMissing) return `${realm}, error="insufficient_scope", scope="${error.scope}"`;
  if (error.code === 'source-unverified') return realm;
  if (error.code !== 'unauthorized') return undefined;
  return /^Bearer\b/i.test(authorization ?? '') ? `${realm}, error="invalid_token"` : realm;
}
