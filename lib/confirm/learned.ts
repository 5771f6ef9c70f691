/** What a provider tells beside its answer about an issuance. */
import type { Receipt } from '../issuance/issuance.ts';
import type { Clock } from '../issuance/ports.ts';
import { type Asked, receiptGrown } from '../issuance/transitions/confirmation.ts';
import { type WritePorts, write } from '../issuance/write.ts';

interface Told {
  receipt?: Receipt;
}

/** The receipt with what the provider told beside its answer. */
export function learned({ receipt }: Asked, told: Told): Receipt {
  return { ...receipt, ...told.receipt };
}

/** What it takes to revoke the credential is written down at once: it may be claimed long after we stop asking. */
export async function withReceipt(issuance: Asked, told: Told, ports: WritePorts & { clock: Clock }): Promise<Asked> {
  if (told.receipt === undefined) return issuance;
  const grown = receiptGrown(issuance, learned(issuance, told), ports.clock.now());
  return (await write(grown, ports)) ?? issuance;
}
