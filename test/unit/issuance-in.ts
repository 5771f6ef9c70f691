/** A record as it looks in each status. */
import { rankOf } from '../../lib/issuance/identity.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { Status } from '../../lib/issuance/status.ts';

const at = '2026-11-22T08:59:30.000Z';
export const issuanceId = `iss_${'a'.repeat(27)}`;

/** An issuance in this status, accepted half a minute before a virtual clock starts. */
export function issuanceIn(status: Status, changes: Partial<Issuance> = {}): Issuance {
  const occurredAt = '2026-11-22T08:59:00.000Z';
  const id = changes.id ?? issuanceId;
  const personal = status === 'confirmed' ? {} : kept;
  return {
    id,
    sequence: 2,
    source: 'shop',
    program: 'program-a',
    slot: 'program-a#holder',
    fingerprint: 'fingerprint',
    rank: rankOf({ occurredAt, acceptedAt: at, id }),
    occurredAt,
    acceptedAt: at,
    updatedAt: at,
    queuedAt: at,
    dueAt: '2026-11-22T09:01:30.000Z',
    status,
    ...personal,
    ...(status === 'queued' ? {} : { attempt: { number: 1, fence: 1 } }),
    ...(status === 'submitting' && { attempt: { number: 1, fence: 1, openSince: at } }),
    ...(status === 'submitted' || status === 'unconfirmed' ? { receipt: { reference: 'r1' }, submittedAt: at } : {}),
    history: [{ at, status: 'queued' }],
    ...changes,
  };
}

const kept = { holder: 'ada@example.com', claims: { tier: 'Gold' } };
