/** Proves deliveries of a test's sender with the keys that are live, by the scheme itself. */
import type { Delivery, Proven } from '../../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../../lib/sources/proofs/schemes.ts';
import type { Signer } from './signer.ts';

export function proverOf(signer: Signer, live: readonly unknown[]): (delivery: Delivery, now: Date) => Promise<Proven> {
  const { proof, secrets } = signer.receiver(live);
  const { readKey, proof: prove } = schemeOf(proof);
  const keys = secrets.map((secret) => {
    const read = readKey?.(secret);
    if (read === undefined || 'unusable' in read) throw new Error(`The secret of ${signer.name} makes no key`);
    return read.key;
  });
  return (delivery, now) => prove(delivery, keys, now);
}
