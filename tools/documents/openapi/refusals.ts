/** The error responses of an operation: one per HTTP status, with an example per code. */
import { problem, problemContentType, problemOf } from '../../../lib/http/problem.ts';
import { describeCode, type ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';

/** For every operation except health and openapi. */
export const internalCodes: readonly ErrorCode[] = ['service-unavailable', 'internal-error'];

/** For an operation whose route has a scope. */
export const tokenCodes: readonly ErrorCode[] = ['unauthorized', 'scope-missing'];

/** For an operation that takes a body. */
export const bodyCodes: readonly ErrorCode[] = [
  'request-not-json',
  'request-invalid',
  'request-too-large',
  'request-too-deep',
  'content-type-unsupported',
  'content-encoding-unsupported',
];

/** For an operation that requests an issuance. */
export const requestCodes: readonly ErrorCode[] = [
  'idempotency-key-missing',
  'idempotency-key-invalid',
  'idempotency-key-reused',
  'program-unknown',
  'holder-invalid',
  'claims-invalid',
  'occurred-at-invalid',
  'occurred-at-in-future',
];

export function refusals(codes: readonly ErrorCode[]) {
  const byStatus = Map.groupBy(codes, (code) => String(describeCode(code).http ?? 500));
  return Object.fromEntries([...byStatus].map(([status, sameStatus]) => [status, refusal(sameStatus)]));
}

function refusal(codes: readonly ErrorCode[]) {
  return {
    description: codes.map((code) => describeCode(code).title).join('; '),
    content: {
      [problemContentType]: {
        schema: problem,
        examples: Object.fromEntries(codes.map((code) => [code, { value: problemOf(new IssuanceError(code)) }])),
      },
    },
  };
}
