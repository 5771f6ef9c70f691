/** Proves deliveries of a test's sender with the keys that are live. */
import type { Delivery, Proven } from '../../../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../../../lib/sources/proofs/schemes.ts';
import type { Signer } from '../../../fakes/signers/signer.ts';

/** The result of the scheme itself. */
export async function proofOf(
  signer: Signer,
  live: readonly unknown[],
  delivery: Delivery,
  now: Date,
): Promise<Proven> {
  const { proof, secrets } = signer.receiver(live);
  const { readKey, proof: prove } = schemeOf(proof);
  const keys = secrets.map((secret) => {
    const read = readKey?.(secret);
    if (read === undefined || 'unusable' in read) throw new Error(`The secret of ${signer.name} makes no key`);
    return read.key;
  });
  return prove(delivery, keys, now);
}

/** The same delivery with one bit of its body flipped, at this text. */
export function flippedAt(delivery: Delivery, text: string): Delivery {
  const body = Buffer.from(delivery.body);
  const at = body.indexOf(text);
  if (at < 0) throw new Error(`The body has no ${text}`);
  body.writeUInt8(body.readUInt8(at) ^ 1, at);
  return { ...delivery, body };
}
