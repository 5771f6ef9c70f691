/** The error responses of an operation: one per HTTP status, with an example per code, and API Gateway's own answers. */
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { problem, problemContentType, problemOf } from '../../../lib/http/problem.ts';
import { describeCode, type ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { gatewayAnswers, gatewayContent, gatewayStatuses } from './gateway-answers.ts';
import { type HeaderName, headersWith } from './headers.ts';

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
  'charset-unsupported',
  'content-encoding-unsupported',
];

/** For an operation that requests an issuance. */
export const requestCodes: readonly ErrorCode[] = [
  'idempotency-key-invalid',
  'idempotency-key-reused',
  'program-unknown',
  'holder-invalid',
  'claims-invalid',
  'occurred-at-invalid',
  'occurred-at-in-future',
];

/** Headers of the answers with a status, beyond those of every answer. */
const headersOfStatus: Partial<Record<string, HeaderName[]>> = {
  '401': ['WwwAuthenticate'],
  '403': ['WwwAuthenticate'],
  '405': ['Allow'],
  '429': ['RetryAfter'],
  '503': ['RetryAfter'],
};

/** The responses for these codes, in the order of their statuses. */
export function refusals(codes: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(codes, (code) => String(describeCode(code).http ?? 500));
  const statuses = [...new Set([...byStatus.keys(), ...gatewayStatuses])].toSorted();
  return Object.fromEntries(statuses.map((status) => [status, refusal(status, byStatus.get(status) ?? [])]));
}

function refusal(status: string, codes: readonly ErrorCode[]) {
  const own = codes.map((code) => describeCode(code).title);
  const gateway = gatewayAnswers[status];
  return {
    description: [...own, ...(gateway ? [`From API Gateway: ${gateway.description}`] : [])].join('; '),
    headers: headersWith(...(headersOfStatus[status] ?? [])),
    content: { ...(codes.length > 0 && problemContent(codes)), ...gatewayContent(status) },
  };
}

function problemContent(codes: readonly ErrorCode[]) {
  const examples = Object.fromEntries(codes.map((code) => [code, { value: problemOf(new IssuanceError(code)) }]));
  return { [problemContentType]: { schema: problem, examples } };
}
