/** What a provider tells beside its answer about an issuance. */
import type { Issuance, Receipt } from '../issuance/issuance.ts';
import { type MovePorts, rewrite } from '../issuance/move.ts';

/** The receipt with what the provider told beside its answer; nothing when that is nothing new. */
export function learned(issuance: Issuance, { receipt }: { receipt?: Receipt }): { receipt?: Receipt } {
  return receipt === undefined ? {} : { receipt: { ...issuance.receipt, ...receipt } };
}

/** What it takes to revoke the credential is written down at once: it may be claimed long after we stop asking. */
export async function withReceipt(
  issuance: Issuance,
  told: { receipt?: Receipt },
  ports: MovePorts,
): Promise<Issuance> {
  if (told.receipt === undefined) return issuance;
  const { dueAt } = issuance;
  return (await rewrite(issuance, { ...learned(issuance, told), dueAt }, ports)) ?? issuance;
}
