/** What Credenco answers: the shapes we rely on, and what each HTTP status means. */
import * as z from 'zod/mini';
import type { ErrorCode } from '../../issuance/error-codes.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';

/** The caller's own id of what an answer is about. Some answers leave it out; one of another id is no answer. */
const aboutId = z.nullish(z.string().check(z.maxLength(256)));

/** Answer of `POST /api/v2/credential/issue`. A status URI that is no good can be done without. */
export const minted = z.object({
  correlation_id: aboutId,
  request_uri: z.string(),
  status_uri: z.catch(z.optional(z.string().check(z.maxLength(2048))), undefined),
});

/** Answer of a status URI. Only three values of `status` are published; others are possible. */
export const exchangeStatus = z.object({
  status: z.string().check(z.maxLength(128)),
  correlation_id: aboutId,
  revocation_uuid: z.nullish(z.string().check(z.maxLength(128))),
});

/** Answer to a new trusted contact: the contact as the wallet has it. */
export const contact = z.object({ did: z.nullish(z.string()), directIssueAllowed: z.boolean() });

const seconds = z.union([
  z.number(),
  z.pipe(
    z.string().check(z.regex(/^\d{1,10}$/)),
    z.transform((digits: string) => Number(digits)),
  ),
]);

/** Answer of `POST /oauth2/token`, RFC 6749 section 5.1. */
export const tokenAnswer = z.object({
  access_token: z.string().check(z.minLength(1), z.maxLength(8192)),
  /** A number by the RFC; digits as a string and null are seen too. What is neither counts as left out. */
  expires_in: z.catch(z.optional(z.pipe(seconds, z.number().check(z.gte(0), z.lte(1e9)))), undefined),
});

export type ExchangeStatus = z.infer<typeof exchangeStatus>;

/** Which call was answered: the same status means different things. */
export type Call = 'mint' | 'push' | 'status' | 'contact';

const common: Readonly<Record<number, ErrorCode>> = {
  400: 'provider-rejected-claims',
  401: 'provider-refused-login',
  403: 'provider-feature-disabled',
  408: 'provider-unavailable',
  422: 'provider-rejected-claims',
  425: 'provider-unavailable',
  429: 'provider-rate-limited',
  503: 'provider-unavailable',
};

const special: Readonly<Record<Call, Readonly<Record<number, ErrorCode>>>> = {
  mint: { 404: 'provider-program-not-found' },
  push: {
    404: 'wallet-unknown',
    400: 'provider-refused-request',
    422: 'provider-refused-request',
    // It may have been carried out, and the question that finds out is asked before the next push anyway.
    503: 'provider-answer-lost',
  },
  status: {},
  contact: { 404: 'wallet-unknown' },
};

/** The error an answer stands for. 401 comes here after it was tried twice. Never holds the provider's text. */
export function errorOf(call: Call, status: number, retryAfterSeconds: number | undefined): IssuanceError {
  const detail = `HTTP ${status} to the ${call}`;
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const code = special[call][status] ?? common[status];
  if (code !== undefined) return new IssuanceError(code, { detail, ...wait });
  if (status >= 500) return new IssuanceError('provider-answer-lost', { detail, ...wait });
  if (status < 300) return new IssuanceError('provider-answer-unreadable', { detail });
  return new IssuanceError('provider-refused-request', { detail });
}
