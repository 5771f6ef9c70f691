/** The endpoint of a source, and what its sender signs with: of the running local system, or of a deployed environment. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import type { ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import { liveKeys } from '../../lib/sources/source-secrets.ts';
import { keepsHash, senderSecret } from '../../local/senders/sender-secret.ts';
import type { Target } from '../command-line/target.ts';
import { UsageError } from '../command-line/usage-error.ts';

export interface Endpoint {
  url: string;
  settings: SourceSettings;
  proof: ProofSettings;
  secret: string;
}

export interface EndpointWish {
  source: string;
  /** State folder of the local system. */
  state: string;
  /** A file with the secret, in place of the environment's own. */
  secretFile?: string;
}

/** Throws UsageError. No message contains a secret. */
export async function endpointOf(target: Target, wish: EndpointWish): Promise<Endpoint> {
  const { environment: name, sources } = target.environment;
  const settings = Object.hasOwn(sources, wish.source) ? sources[wish.source] : undefined;
  if (settings === undefined) {
    const known = Object.keys(sources).join(', ') || 'none';
    throw new UsageError(`The environment ${name} has no source ${wish.source} (there are: ${known})`);
  }
  const { proof } = settings;
  if (proof === undefined) throw new UsageError(`${wish.source} has no proof: it sends messages to the queue only`);
  const secret = await secretOf(target, wish, proof);
  return { url: `${target.output('ApiUrl').replace(/\/$/, '')}/v1/events/${wish.source}`, settings, proof, secret };
}

function secretOf(target: Target, wish: EndpointWish, proof: ProofSettings): string | Promise<string> {
  if (wish.secretFile !== undefined) return secretIn(wish.secretFile);
  if (schemeOf(proof).readKey === undefined) {
    throw new UsageError(`${wish.source} signs with a private key: name a file with the key in PEM (--secret-file)`);
  }
  if (target.environment.environment === 'local') return senderSecret(proof, localSecret(wish));
  return deployedSecret(target, wish.source, proof);
}

function secretIn(file: string): string {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}`);
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
}

const localSecrets = z.record(z.string(), z.object({ secret: z.string() }));

/** The local system keeps what its sources sign with. */
function localSecret({ source, state }: EndpointWish): string {
  const file = join(state, 'sources.json');
  const read = localSecrets.safeParse(existsSync(file) ? parse(readFileSync(file, 'utf8')) : {});
  if (!read.success) throw new UsageError(`${file} is damaged: stop npm start, remove the file, and start it again`);
  const secret = Object.hasOwn(read.data, source) ? read.data[source]?.secret : undefined;
  if (secret === undefined) throw new UsageError(`${file} has no secret of ${source}: start npm start again`);
  return secret;
}

async function deployedSecret(target: Target, source: string, proof: ProofSettings): Promise<string> {
  if (keepsHash(proof)) {
    throw new UsageError(`Only a hash of the token of ${source} is stored: name a file with the token (--secret-file)`);
  }
  const client = new SecretsManagerClient(target.client('services'));
  const command = new GetSecretValueCommand({ SecretId: target.output('SourceSecretsSecretArn') });
  const { SecretString = '{}' } = await client.send(command);
  const { readKey = () => ({ unusable: 'is not used' }) } = schemeOf(proof);
  const { unusable } = liveKeys(SecretString, source, readKey);
  const all = (parse(SecretString) as Record<string, string[]>)[source] ?? [];
  const usable = all.find((_, index) => !unusable.some(({ position }) => position === index + 1));
  if (usable === undefined) throw new UsageError(`The secret SourceSecretsSecretArn has no usable secret of ${source}`);
  return usable;
}

/** Undefined if the text is not JSON: the parser's own message would quote it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
