/** Whether the headers of a recorded delivery prove it, with a secret of the source. */
import type { Delivery } from '../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';

/** The result, without anything of the delivery. */
export interface ProofTrial {
  proven: boolean;
  /** A sentence for a person. */
  text: string;
}

/** `secret` is the source’s secret as it would be stored; undefined if the sender’s keys are public. Never throws. */
export async function checkProof(
  { proof }: SourceSettings,
  delivery: Delivery,
  secret: string | undefined,
  now: Date,
): Promise<ProofTrial> {
  if (proof === undefined) return { proven: false, text: 'The source has no proof: it takes no webhooks.' };
  const scheme = schemeOf(proof);
  const key = secret === undefined ? undefined : scheme.readKey?.(secret);
  if (key !== undefined && 'unusable' in key) return { proven: false, text: `The secret ${key.unusable}.` };
  const proven = await scheme.proof(delivery, key === undefined ? [] : [key.key], now);
  if (proven.proven) return { proven: true, text: 'The proof is right.' };
  if (proven.why === 'unproven') return { proven: false, text: `The proof is wrong: ${remedy}` };
  const late = `its time differs by more than ${proven.toleranceSeconds} seconds from now`;
  return {
    proven: true,
    text: `The proof is right for this secret, but ${late}, as is normal for a recorded delivery.`,
  };
}

const remedy =
  'compare the secret, the names of the headers and what is signed. The body must be byte for byte as it was sent, without a line break at its end.';
