/** Finds out whether a webhook comes from the source it names. */
import { randomBytes } from 'node:crypto';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { Delivery, Proven } from './proofs/proof.ts';
import { proofOf } from './proofs/proof-of.ts';
import type { ProofSettings, Sources } from './settings.ts';
import { liveSecrets, type SourceSecrets } from './source-secrets.ts';

/** Stands in for a source that is not there, so that its absence takes as long as a wrong signature. */
const nobody: ProofSettings = { scheme: 'github' };
const nobodysSignature = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
const nobodysSecret = randomBytes(32).toString('hex');

export interface ProvePorts {
  sources: Sources;
  sourceSecrets: SourceSecrets;
  now: Date;
}

/** The id of the message, where the proof covers one. Throws `source-unverified`, whatever the reason is. */
export async function prove(name: string, delivery: Delivery, ports: ProvePorts): Promise<string | undefined> {
  const proof = Object.hasOwn(ports.sources, name) ? ports.sources[name]?.proof : undefined;
  const check = (text: string): Proven => {
    if (proof !== undefined) return proofOf(proof)(delivery, liveSecrets(text, name), ports.now);
    liveSecrets(text, name);
    return proofOf(nobody)({ ...delivery, headers: nobodysSignature }, [nobodysSecret], ports.now);
  };
  let proven = check((await ports.sourceSecrets.read()).text);
  if (!proven.proven && proven.why === 'unproven') proven = check((await ports.sourceSecrets.refresh()).text);
  if (proven.proven) return proven.id;
  const late = 'the signature is right, but was made more than five minutes from now';
  throw new IssuanceError('source-unverified', proven.why === 'stale' ? { detail: late } : {});
}
