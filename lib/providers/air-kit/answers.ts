/** The answers of AIR Kit: the shapes that we rely on, and the meaning of each HTTP status for an issuance. */
import * as z from 'zod/mini';
import { type CallKind, usualErrors } from '../call.ts';

const hash = z.string().check(z.regex(/^(0x)?[0-9a-f]{64}$/i));
const shortText = z.string().check(z.maxLength(256));

/** 200 of `POST /credentials/issue-on-behalf`. */
export const issued = z.object({
  coreClaimHash: hash,
  credentialId: z.optional(shortText),
});

/** 200 of `GET /credentials/status`. Values of `vcStatus` other than the two documented values are possible. */
export const credentialStatus = z.object({
  coreClaimHash: z.optional(shortText),
  vcStatus: shortText,
  vcId: z.optional(shortText),
  /** `2026-01-19 07:18:45`, UTC as far as is known. */
  issuanceDate: z.optional(shortText),
});

export type Issued = z.infer<typeof issued>;
export type CredentialStatus = z.infer<typeof credentialStatus>;

/** The error table of the provider's documentation: 5xx may hide a call that was carried out, so the outcome is unknown. */
const errors = {
  ...usualErrors,
  401: 'provider-refused-signature',
  404: 'provider-program-not-found',
  409: 'holder-refused-consent',
} as const;

export const issuing: CallKind = { ok: [200], errors };

/** A status request changes nothing. */
export const asking: CallKind = { ok: [200], errors: { ...errors, 503: 'provider-unavailable' } };

/** UTC milliseconds of an `issuanceDate`; undefined if it is missing or has another format. */
export function parseIssuanceDate(text: string | undefined): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$/.exec(text ?? '');
  const time = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(time) ? undefined : time;
}
