/** Which credential stands at the end: that of this issuance, an older one, or one that a newer one has replaced. */
import type { Issuance } from '../issuance/issuance.ts';
import type { SlotStore } from '../issuance/slot.ts';

export interface StandingPorts {
  slots: Pick<SlotStore, 'get'>;
}

/** Whether the credential of a confirmed one is an older one, or one that a newer one has replaced. */
export async function whatStands(
  issuance: Issuance,
  { existing }: { existing?: true },
  { slots }: StandingPorts,
): Promise<{ existing?: true; replaced?: true }> {
  // Only one that was parked gave its slot free before it was confirmed.
  const slot = issuance.status === 'unconfirmed' ? await slots.get(issuance.slot) : undefined;
  const replaced = slot?.receipts.slice(0, -1).includes(issuance.knownAs ?? '');
  return { ...(existing && { existing }), ...(replaced && { replaced }) };
}

/** When it was first handed over, since it was last queued by someone. */
export function begunAt({ history, queuedAt, acceptedAt }: Issuance): Date {
  const begun = history.find(({ at, status }) => status === 'submitting' && at >= queuedAt);
  return new Date(begun?.at ?? acceptedAt);
}
