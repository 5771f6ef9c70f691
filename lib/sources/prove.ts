/** Verifies that a webhook comes from the source that its path names. */
import { randomBytes } from 'node:crypto';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { Log } from '../issuance/log-events.ts';
import { type Delivery, type Proven, unproven } from './proofs/proof.ts';
import { schemeOf } from './proofs/schemes.ts';
import type { ProofSettings } from './proofs/settings/proof.ts';
import type { Sources } from './settings.ts';
import { type LiveKeys, liveKeys, type SourceSecrets } from './source-secrets.ts';

/** Used in place of an unknown source, so that the check takes as long as for a wrong signature. */
const nobody: ProofSettings = { scheme: 'github' };
const nobodysSignature = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
const nobodysKey = randomBytes(32);

export interface ProvePorts {
  sources: Sources;
  sourceSecrets: SourceSecrets;
  log: Log;
  now: Date;
}

/**
 * The id of the message, if the proof covers an id. Throws `source-unverified` for any failure of the proof, or
 * `secret-unavailable` if the source has secrets but none of them is usable.
 */
export async function prove(name: string, delivery: Delivery, ports: ProvePorts): Promise<string | undefined> {
  const before = (await ports.sourceSecrets.read()).text;
  let live = keysFor(name, before, ports);
  let proven = await check(name, delivery, live, ports);
  if (!proven.proven && proven.why === 'unproven') {
    const { text } = await ports.sourceSecrets.refresh();
    if (text !== before) {
      live = keysFor(name, text, ports);
      proven = await check(name, delivery, live, ports);
    }
  }
  if (proven.proven) return proven.id;
  if (live.keys.length === 0 && live.unusable.length > 0) throw noUsableSecret(name, live);
  throw new IssuanceError('source-unverified', proven.why === 'stale' ? { detail: describeLate(proven) } : {});
}

/** The secret that proves a delivery that `prove` has accepted: of several, the one that its sender uses. */
export async function provingKey(name: string, delivery: Delivery, ports: ProvePorts): Promise<Buffer | undefined> {
  const { keys } = keysFor(name, (await ports.sourceSecrets.read()).text, ports);
  for (const key of keys) {
    if ((await check(name, delivery, { keys: [key], unusable: [] }, ports)).proven) return key;
  }
  return undefined;
}

function describeLate({ toleranceSeconds }: { toleranceSeconds: number }): string {
  const tolerance = toleranceSeconds === 300 ? 'five minutes' : `${toleranceSeconds} seconds`;
  return `the signature is right, but was made more than ${tolerance} from now`;
}

async function check(name: string, delivery: Delivery, { keys }: LiveKeys, ports: ProvePorts): Promise<Proven> {
  const { sources, now } = ports;
  const proof = proofFor(name, sources);
  if (proof !== undefined) return schemeOf(proof).proof(delivery, keys, now);
  await schemeOf(nobody).proof({ ...delivery, headers: nobodysSignature }, [nobodysKey], now);
  return unproven;
}

function proofFor(name: string, sources: Sources): ProofSettings | undefined {
  return Object.hasOwn(sources, name) ? sources[name]?.proof : undefined;
}

function keysFor(name: string, text: string, { sources, sourceSecrets, log }: ProvePorts): LiveKeys {
  const proof = proofFor(name, sources);
  const { scheme } = proof ?? nobody;
  const { readKey } = schemeOf(proof ?? nobody);
  const live = readKey === undefined ? undefined : liveKeys(text, name, readKey);
  if (proof === undefined || live === undefined) return { keys: [], unusable: [] };
  if (live.unusable.length > 0 && firstTime(sourceSecrets, text, name)) {
    for (const one of live.unusable) log.write({ event: 'source-secret-unusable', source: name, scheme, ...one });
  }
  return live;
}

function noUsableSecret(name: string, { unusable }: LiveKeys): IssuanceError {
  const problems = unusable.map(({ position, reason }) => `secret ${position} ${reason}`).join('; ');
  return new IssuanceError('secret-unavailable', { detail: `no secret of source ${name} is usable: ${problems}` });
}

/** The sources whose secrets have been logged as unusable since the secret was last changed. */
const complained = new WeakMap<SourceSecrets, { text: string; names: Set<string> }>();

/** A sender of invalid requests must not be able to fill the log with this message. */
function firstTime(secrets: SourceSecrets, text: string, name: string): boolean {
  const known = complained.get(secrets);
  const names = known?.text === text ? known.names : new Set<string>();
  complained.set(secrets, { text, names: new Set(names).add(name) });
  return !names.has(name);
}
