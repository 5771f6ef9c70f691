/** What a source may see of its issuance: everything but holder, claims and what is kept for the machinery. */
import { describeCode } from './error-codes.ts';
import type { Issuance } from './issuance.ts';

/** The public form of an issuance. */
export interface IssuanceView {
  id: string;
  status: Issuance['status'];
  program: string;
  occurredAt: string;
  acceptedAt: string;
  updatedAt: string;
  attempts: number;
  assurance?: string;
  /** What the assurance is worth, in words. */
  assuranceNote?: string;
  reason?: { code: string; title: string; advice: string; detail?: string };
  receipt?: Record<string, string>;
  history: { at: string; status: string; code?: string }[];
}

const assuranceNotes = {
  'on-chain': 'The provider reports the credential as anchored on chain.',
  'trust-verified': 'The wallet lists the issuer as a trusted contact, so it keeps what it is sent.',
  'provider-reported':
    'The provider accepted the credential; nothing proves that the wallet kept it, and it may have discarded it.',
} as const;

export function viewOf(issuance: Issuance): IssuanceView {
  const { id, status, program, occurredAt, acceptedAt, updatedAt, assurance, reason, receipt, history } = issuance;
  return {
    id,
    status,
    program,
    occurredAt,
    acceptedAt,
    updatedAt,
    attempts: issuance.attempt?.number ?? 0,
    ...(assurance && { assurance, assuranceNote: assuranceNotes[assurance] }),
    ...(reason && { reason: explain(reason) }),
    ...(receipt && { receipt }),
    history: [...history],
  };
}

function explain({ code, detail }: NonNullable<Issuance['reason']>): NonNullable<IssuanceView['reason']> {
  const { title, advice } = describeCode(code);
  return { code, title, advice, ...(detail !== undefined && { detail }) };
}
