/** What AIR Kit answers: the shapes we rely on, and what each HTTP status means to an issuance. */
import * as z from 'zod/mini';
import type { ErrorCode } from '../../issuance/error-codes.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';

const hash = z.string().check(z.regex(/^(0x)?[0-9a-f]{64}$/i));
const shortText = z.string().check(z.maxLength(256));

/** 200 of `POST /credentials/issue-on-behalf`. */
export const issued = z.object({
  coreClaimHash: hash,
  credentialId: z.optional(shortText),
});

/** 200 of `GET /credentials/status`. A `vcStatus` other than the two documented ones is possible. */
export const credentialStatus = z.object({
  coreClaimHash: z.optional(shortText),
  vcStatus: shortText,
  vcId: z.optional(shortText),
  /** `2026-01-19 07:18:45`, UTC as far as is known. */
  issuanceDate: z.optional(shortText),
});

export type Issued = z.infer<typeof issued>;
export type CredentialStatus = z.infer<typeof credentialStatus>;

/**
 * The error table of the provider's documentation. 401 comes here after it was tried twice. 5xx may hide a call that was
 * carried out, so their outcome is unknown; also of 503, which whatever stands before the provider can answer after it acted.
 */
const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'provider-rejected-claims',
  401: 'provider-refused-signature',
  403: 'provider-feature-disabled',
  404: 'provider-program-not-found',
  409: 'holder-refused-consent',
  408: 'provider-unavailable',
  422: 'provider-rejected-claims',
  425: 'provider-unavailable',
  429: 'provider-rate-limited',
  503: 'provider-unavailable-in-doubt',
};

/** What a question about a credential can be answered with that has done nothing in any case. */
const toQuestions: Readonly<Record<number, ErrorCode>> = { 503: 'provider-unavailable' };

/** The error an answer without the expected body stands for. Never holds the provider's text: it may repeat values. */
export function errorOf(
  call: 'issue' | 'status',
  status: number,
  retryAfterSeconds: number | undefined,
): IssuanceError {
  const detail = `HTTP ${status}`;
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const code = (call === 'status' ? toQuestions[status] : undefined) ?? byStatus[status];
  if (code !== undefined) return new IssuanceError(code, { detail, ...wait });
  if (status >= 500) return new IssuanceError('provider-answer-lost', { detail, ...wait });
  // A 200 that can't be read may well be a credential; a redirect is never followed and nothing was done.
  if (status < 300) return new IssuanceError('provider-answer-unreadable', { detail });
  return new IssuanceError('provider-refused-request', { detail });
}

/** UTC milliseconds of an `issuanceDate`; undefined when it is missing or written otherwise. */
export function parseIssuanceDate(text: string | undefined): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$/.exec(text ?? '');
  const time = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(time) ? undefined : time;
}
