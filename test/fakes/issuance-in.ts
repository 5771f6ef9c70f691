/** A record as it looks in each status. */

import { rankOf } from '../../lib/issuance/identity.ts';
import { slotKey } from '../../lib/issuance/ids.ts';
import type { Issuance, IssuanceIn, PersonalData } from '../../lib/issuance/issuance.ts';
import type { Status } from '../../lib/issuance/status.ts';
import { iss } from './ids.ts';

const at = '2026-11-22T08:59:30.000Z';
const occurredAt = '2026-11-22T08:59:00.000Z';
export const issuanceId = iss('a');

/** With holder and claims, where the status keeps them. */
type Complete<In extends Status> = In extends 'confirmed' ? IssuanceIn<In> : Extract<IssuanceIn<In>, PersonalData>;

/** Accepted half a minute before a virtual clock starts. */
const common = {
  id: issuanceId,
  sequence: 2,
  source: 'shop',
  program: 'program-a',
  slot: slotKey('program-a#holder'),
  fingerprint: 'fingerprint',
  rank: rankOf({ occurredAt, acceptedAt: at, id: issuanceId }),
  occurredAt,
  acceptedAt: at,
  updatedAt: at,
  queuedAt: at,
  dueAt: '2026-11-22T09:01:30.000Z',
  history: [{ at, status: 'queued' as const }],
};
const attempt = { number: 1, fence: 1 };
const handedOver = { attempt, receipt: { reference: 'r1' }, submittedAt: at };
const kept = { holder: 'ada@example.com', claims: { tier: 'Gold' } };

const records: { readonly [In in Status]: Complete<In> } = {
  queued: { ...common, ...kept, status: 'queued' },
  submitting: { ...common, ...kept, status: 'submitting', attempt: { ...attempt, openSince: at } },
  submitted: { ...common, ...kept, ...handedOver, status: 'submitted' },
  unconfirmed: { ...common, ...kept, ...handedOver, status: 'unconfirmed', reason: { code: 'not-confirmed-in-time' } },
  uncertain: { ...common, ...kept, attempt, status: 'uncertain', reason: { code: 'outcome-unknown' } },
  confirmed: { ...common, attempt, submittedAt: at, status: 'confirmed', assurance: 'on-chain' },
  failed: { ...common, ...kept, attempt, status: 'failed', reason: { code: 'provider-rejected-claims' } },
  superseded: { ...common, ...kept, attempt, status: 'superseded', reason: { code: 'overtaken' } },
};

/** An issuance in this status. */
export function issuanceIn<In extends Status>(status: In, changes: Partial<Complete<In>> = {}): (typeof records)[In] {
  const { id } = { id: issuanceId, ...changes };
  return { ...structuredClone(records[status]), rank: rankOf({ occurredAt, acceptedAt: at, id }), ...changes };
}

/** The same issuance in this status, however it may have come there. */
export function turned<In extends Status>(
  issuance: Issuance,
  to: In,
  changes: Partial<Complete<In>> = {},
): (typeof records)[In] {
  const { status: _status, waiting: _waiting, reason: _reason, superseded: _superseded, ...left } = issuance;
  const { assurance: _assurance, replaced: _replaced, attempt: _attempt, ...facts } = left;
  const { holder, claims, progress: _progress, receipt: _receipt, submittedAt: _submittedAt, ...same } = facts;
  const names = to !== 'confirmed' && holder !== undefined && { holder, claims };
  return { ...issuanceIn(to), ...same, ...names, ...changes };
}
