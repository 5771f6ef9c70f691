/** Errors of the HTTP API: RFC 9457 problem details, which never repeat the request. */
import * as z from 'zod/mini';
import { describeCode } from '../issuance/error-codes.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';

export const problem = z.object({
  /** A URN that ends in the code. */
  type: z.string(),
  title: z.string(),
  status: z.number().check(z.int()),
  /** Stable; docs/errors.md lists them. */
  code: z.string(),
  /** The field or part that is wrong. */
  detail: z.optional(z.string()),
  /** What the caller should do. */
  advice: z.string(),
});

export type Problem = z.infer<typeof problem>;

export const problemContentType = 'application/problem+json';

export function problemOf(error: IssuanceError): Problem {
  const { title, advice, http = 500 } = describeCode(error.code);
  const { code, detail } = error;
  const type = `urn:issue-on-behalf:problem:${code}`;
  return { type, title, status: http, code, ...(detail !== undefined && { detail }), advice };
}
