/** An answer as its body or as a typed error. */
import { AnswerError, ProblemError } from './errors.ts';
import type { Problem } from './names.ts';

export interface TypedAnswer<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** The body of a success. Throws ProblemError or AnswerError. */
export function readAnswer<Body>({ data, error, response }: TypedAnswer<Body>): Body {
  if (response.ok && data !== undefined) return data;
  const { status, headers } = response;
  const requestId = headers.get('x-request-id') ?? headers.get('apigw-requestid') ?? undefined;
  throw isProblem(error) ? new ProblemError(error, requestId) : new AnswerError(status, requestId);
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'title' in error && 'advice' in error;
}
