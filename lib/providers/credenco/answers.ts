/** The answers of Credenco: the shapes that we rely on, and the meaning of each HTTP status. */
import * as z from 'zod/mini';
import { type CallKind, usualErrors } from '../call.ts';

/** The caller's own id in an answer. Some answers omit it; an answer with another id is not accepted. */
const aboutId = z.nullish(z.string().check(z.maxLength(256)));

/** Answer of `POST /api/v2/credential/issue`. The status URI is optional. */
export const minted = z.object({
  correlation_id: aboutId,
  request_uri: z.string(),
  status_uri: z.catch(z.optional(z.string().check(z.maxLength(2048))), undefined),
});

/** Answer of a status URI. Only three values of `status` are documented; others are possible. */
export const exchangeStatus = z.object({
  status: z.string().check(z.maxLength(128)),
  correlation_id: aboutId,
  revocation_uuid: z.nullish(z.string().check(z.maxLength(128))),
});

/** Answer to a new trusted contact: the contact in the wallet. */
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
  /** A number according to the RFC; strings of digits and null also occur. Any other value counts as missing. */
  expires_in: z.catch(z.optional(z.pipe(seconds, z.number().check(z.gte(0), z.lte(1e9)))), undefined),
});

export type ExchangeStatus = z.infer<typeof exchangeStatus>;

/** A push may have been carried out; its status is requested before the next push anyway. */
const ofPush = {
  400: 'provider-refused-request',
  404: 'wallet-unknown',
  422: 'provider-refused-request',
  503: 'provider-answer-lost',
} as const;

const ok = [200, 201];
const usual = { ...usualErrors, 503: 'provider-unavailable' } as const;

/** The meaning of each HTTP status depends on the call. */
export const calls = {
  mint: { name: 'mint', ok, errors: { ...usual, 404: 'provider-program-not-found' } },
  push: { name: 'push', ok, errors: { ...usual, ...ofPush } },
  status: { name: 'status', ok, errors: usual },
  contact: { name: 'contact', ok, errors: { ...usual, 404: 'wallet-unknown' } },
} as const satisfies Record<string, CallKind>;

const refused = 'provider-refused-login';

/** Requesting a token twice is harmless, so no failure is an unknown outcome. */
export const tokenRequest: CallKind = {
  name: 'token request',
  ok: [200],
  errors: { 400: refused, 401: refused, 403: refused },
  refusals: [400, 401],
  otherwise: 'provider-unavailable',
  lost: 'provider-unreachable',
};
