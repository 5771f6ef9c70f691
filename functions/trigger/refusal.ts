/** Errors of the HTTP API: every error becomes a problem detail, without the values of the request. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { problemContentType, problemOf } from '../../lib/http/problem.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { Log } from '../../lib/issuance/log-events.ts';
import { describeUnexpected } from '../../lib/issuance/unexpected.ts';
import type { Answer } from './operation.ts';
import { challengeOf } from './www-authenticate.ts';

export class MethodNotAllowed extends IssuanceError {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super('method-not-allowed');
    this.allowed = allowed;
  }
}

/** Logs the error and answers it. */
export function refuse(error: unknown, { requestContext, headers }: APIGatewayProxyEventV2, log: Log): Answer {
  const { requestId } = requestContext;
  if (!(error instanceof IssuanceError)) log.write(describeUnexpected(error, 'trigger'));
  const known = toEdge(error);
  if (known.cause !== undefined) log.write(describeUnexpected(known.cause, 'trigger'));
  log.write({ event: 'request-refused', code: known.code, requestId });
  return answerOf(known, headers['authorization']);
}

/** The error for the caller: an internal error is a 5xx, and repeating is safe. */
function toEdge(error: unknown): IssuanceError {
  if (!(error instanceof IssuanceError)) return new IssuanceError('internal-error');
  return error.kind === 'invalid' ? error : new IssuanceError('service-unavailable', { cause: error });
}

function answerOf(error: IssuanceError, authorization: string | undefined): Answer {
  const problem = problemOf(error);
  const headers: Record<string, string> = { 'content-type': problemContentType, 'cache-control': 'no-store' };
  const challenge = challengeOf(error, authorization);
  if (error instanceof MethodNotAllowed) headers['allow'] = error.allowed.join(', ');
  if (challenge !== undefined) headers['www-authenticate'] = challenge;
  if (error.code === 'service-unavailable') headers['retry-after'] = '5';
  return { statusCode: problem.status, headers, body: JSON.stringify(problem) };
}
