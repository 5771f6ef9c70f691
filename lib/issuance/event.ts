/** The event that is published when an issuance ends or is parked. It has no address and no claims. */
import * as z from 'zod/mini';
import { assuranceNote } from './assurance-notes.ts';
import { type ErrorCode, errorCodes } from './error-codes.ts';
import type { IssuanceIn } from './issuance.ts';
import { isResting, type RestingStatus, statuses } from './status.ts';

const resting = statuses.filter(isResting) as [RestingStatus, ...RestingStatus[]];
const code = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/**
 * The detail of an event on the bus. It is published at least once. (`id`, `sequence`) is the same each time, and a higher
 * sequence of the same id is newer.
 */
export const issuanceEvent = z.strictObject({
  version: z.literal(1),
  id: z.string().check(z.regex(/^iss_[\w-]{27}$/)),
  sequence: z.number().check(z.int(), z.gte(1)),
  source: z.string(),
  program: z.string(),
  status: z.enum(resting),
  occurredAt: z.iso.datetime(),
  /** When the issuance reached this status. */
  at: z.iso.datetime(),
  assurance: z.optional(z.enum(['on-chain', 'trust-verified', 'provider-reported'])),
  /** What the assurance proves, as a sentence. */
  assuranceNote: z.optional(z.string()),
  /** The credential was only offered in the wallet's inbox, where someone has to accept it. */
  offered: z.optional(z.literal('inbox')),
  /** The holder keeps an older credential (`onDuplicate: ignore`): these claims were not issued. */
  existing: z.optional(z.literal(true)),
  /** A newer credential of the same holder and program had been issued before this one was confirmed. */
  replaced: z.optional(z.literal(true)),
  /** With `failed`: the number of older issuances of the same holder and program that are not issued because of this one. */
  superseded: z.optional(z.number().check(z.int(), z.gte(1))),
  reason: z.optional(z.strictObject({ code, detail: z.optional(z.string()) })),
});

export type IssuanceEvent = z.infer<typeof issuanceEvent>;

/** The event of an issuance that has ended or is parked. */
export function eventOf(issuance: IssuanceIn<RestingStatus>): IssuanceEvent {
  const { id, source, program, status, occurredAt, assurance, reason } = issuance;
  const { offered, existing, replaced, superseded } = issuance;
  // Sequence and time of the write that ended or parked it, regardless of later writes: each end has one sequence and one time.
  const sequence = issuance.restedSequence ?? issuance.sequence;
  const at = issuance.history.at(-1)?.at ?? issuance.updatedAt;
  const common = { version: 1, id, sequence, source, program, status, occurredAt, at } as const;
  const assured = assurance && { assurance, assuranceNote: assuranceNote(issuance) };
  const standing = { ...(offered && { offered }), ...(existing && { existing }), ...(replaced && { replaced }) };
  return { ...common, ...assured, ...standing, ...(superseded && { superseded }), ...(reason && { reason }) };
}

/** Publishes that an issuance has ended or is parked; at least once. */
export interface Announcer {
  announce(event: IssuanceEvent): Promise<void>;
}
