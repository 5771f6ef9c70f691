/** What the REST issuer answers: the shapes we rely on, and what each HTTP status means. */
import * as z from 'zod/mini';
import type { Standing } from '../../../lib/issuance/provider.ts';
import { type CallKind, usualErrors } from '../../../lib/providers/call.ts';

const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** 202 of `POST /credentials`, the same for every request with the same idempotency key. */
export const accepted = z.object({ id });

/** 200 of `GET /credentials/{id}`. */
export const credential = z.object({ id, state: z.string().check(z.maxLength(64)) });

export const standings: Readonly<Record<string, Standing>> = {
  accepted: { state: 'pending' },
  issued: { state: 'confirmed', assurance: 'provider-reported' },
  failed: { state: 'failed', reason: { code: 'credential-exchange-failed' } },
};

/** 409: an earlier request with the same key is under way. */
export const issuing: CallKind = {
  ok: [202],
  errors: { ...usualErrors, 404: 'provider-program-not-found', 409: 'provider-answer-lost' },
};

/** A question has done nothing in any case. */
export const asking: CallKind = { ok: [200], errors: { ...usualErrors, 503: 'provider-unavailable' } };
