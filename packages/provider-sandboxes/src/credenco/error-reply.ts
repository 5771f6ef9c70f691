/** The provider's error bodies. */
import type { Reply } from '../kit/operation.ts';

/** The backend API's error body. The contract does not document it; clients should use only the status. */
export function errorReply(status: number, message: string): Reply {
  return { status, json: { status, message } };
}

/** An OAuth 2.0 error response (RFC 6749, section 5.2), which OpenID4VCI uses too. */
export function oauthError(status: number, error: string, description: string): Reply {
  return { status, json: { error, error_description: description }, headers: { 'cache-control': 'no-store' } };
}
