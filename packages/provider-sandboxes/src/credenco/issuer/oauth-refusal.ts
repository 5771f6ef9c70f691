/** Ends a call of the OpenID4VCI endpoints with an OAuth 2.0 error response. */
import { Oauth2ServerErrorResponseError } from '@openid4vc/oauth2';
import type { Operation, Reply } from '../../kit/operation.ts';
import { oauthError } from '../error-reply.ts';

/** Thrown to answer with `status` and an OAuth 2.0 error body; `error` is the registered code. */
export class OauthRefusal extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.name = 'OauthRefusal';
    this.status = status;
    this.error = error;
  }
}

function replyFor(thrown: unknown): Reply {
  if (thrown instanceof Oauth2ServerErrorResponseError) {
    const { error, error_description = '' } = thrown.errorResponse;
    return oauthError(thrown.status, error, error_description);
  }
  if (!(thrown instanceof OauthRefusal)) throw thrown;
  const reply = oauthError(thrown.status, thrown.error, thrown.message);
  const challenge = { 'www-authenticate': `Bearer error="${thrown.error}"` };
  return thrown.status === 401 ? { ...reply, headers: { ...reply.headers, ...challenge } } : reply;
}

/** The operation, with OAuth 2.0 error responses for the errors of its handler. */
export function answeringOauthErrors(operation: Operation): Operation {
  return {
    ...operation,
    handle: async (request) => {
      try {
        return await operation.handle(request);
      } catch (thrown) {
        const reply = replyFor(thrown);
        request.note({ refused: reply.json });
        return reply;
      }
    },
  };
}
