/** The public view of an issuance for its source: without holder, claims and internal fields. */
import * as z from 'zod/mini';
import { assuranceNote } from './assurance-notes.ts';
import { describeCode, type ErrorCode, errorCodes } from './error-codes.ts';
import type { Issuance } from './issuance.ts';
import { type Status, statuses } from './status.ts';

/** The members of a view that the description of the API names. */
export const viewParts = {
  id: z.string().check(z.regex(/^iss_[\w-]{27}$/)),
  time: z.iso.datetime(),
  status: z.enum(statuses as [Status, ...Status[]]),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
};
const { id, time, status, code } = viewParts;

/** The public form of an issuance. */
export const issuanceView = z.object({
  id,
  status,
  program: z.string(),
  occurredAt: time,
  acceptedAt: time,
  updatedAt: time,
  /** The number of attempts. */
  attempts: z.number().check(z.int(), z.gte(0)),
  /** What the confirmation proves, and a sentence about it. */
  assurance: z.optional(z.enum(['on-chain', 'trust-verified', 'provider-reported'])),
  assuranceNote: z.optional(z.string()),
  /** The credential was only offered in the wallet's inbox, where someone has to accept it. */
  offered: z.optional(z.literal('inbox')),
  /** The holder keeps an older credential (`onDuplicate: ignore`): these claims were not issued. */
  existing: z.optional(z.literal(true)),
  /** A newer credential of the same holder and program had been issued before this one was confirmed. */
  replaced: z.optional(z.literal(true)),
  /** With `failed`: the number of older issuances of the same holder and program that are not issued because of this one. */
  superseded: z.optional(z.number().check(z.int(), z.gte(1))),
  /** The reason for the status, and what to do. */
  reason: z.optional(z.object({ code, title: z.string(), advice: z.string(), detail: z.optional(z.string()) })),
  /** The provider's ids of the credential. */
  receipt: z.optional(z.record(z.string(), z.string())),
  history: z.array(z.object({ at: time, status, code: z.optional(code) })),
});

export type IssuanceView = z.infer<typeof issuanceView>;

export function viewOf(issuance: Issuance): IssuanceView {
  const { id, program, occurredAt, acceptedAt, updatedAt, assurance, offered, reason, receipt, history } = issuance;
  const { existing, replaced, superseded } = issuance;
  return {
    id,
    status: issuance.status,
    program,
    occurredAt,
    acceptedAt,
    updatedAt,
    attempts: issuance.attempt?.number ?? 0,
    ...(assurance && { assurance, assuranceNote: assuranceNote(issuance) }),
    ...(offered && { offered }),
    ...(existing && { existing }),
    ...(replaced && { replaced }),
    ...(superseded && { superseded }),
    ...(reason && { reason: explain(reason) }),
    ...(receipt && { receipt }),
    history: [...history],
  };
}

function explain({ code, detail }: NonNullable<Issuance['reason']>): NonNullable<IssuanceView['reason']> {
  const { title, advice } = describeCode(code);
  return { code, title, advice, ...(detail !== undefined && { detail }) };
}
