/** Errors at the HTTP edge: RFC 9457 problem details, which never repeat what was sent. */
import { describeCode } from '../issuance/error-codes.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';

export interface Problem {
  /** A URN that ends in the code. */
  type: string;
  title: string;
  status: number;
  code: string;
  /** Which field or part is wrong. */
  detail?: string;
  /** What to do about it. */
  advice: string;
}

export const problemContentType = 'application/problem+json';

export function problemOf(error: IssuanceError): Problem {
  const { title, advice, http = 500 } = describeCode(error.code);
  const { code, detail } = error;
  const type = `urn:issue-on-behalf:problem:${code}`;
  return { type, title, status: http, code, ...(detail !== undefined && { detail }), advice };
}
