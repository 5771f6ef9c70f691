/** What each source of the local environment signs with and looks its issuances up with: made once, kept in the state folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../lib/config/environment.ts';
import { type ApiTokens, apiTokens, newToken } from '../lib/sources/api-tokens.ts';
import type { Cloud } from './cloud/cloud.ts';
import { keptForm } from './samples/sign-event.ts';

export interface SourceAccess {
  /** What its webhooks are signed with. */
  secret: string;
  /** A bearer token that may read. */
  token: string;
}

/** By source name. Puts the secrets where the functions find them, beside what an operator has put there. */
export function localSources(
  cloud: Cloud,
  sources: Environment['sources'],
  stateDir: string,
): Map<string, SourceAccess> {
  const file = join(stateDir, 'sources.json');
  const known: Record<string, SourceAccess> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets: Record<string, string[]> = JSON.parse(readSecret(cloud, 'SourceSecretsSecretArn') ?? '{}');
  const tokens: ApiTokens = apiTokens.parse(JSON.parse(readSecret(cloud, 'ApiTokensSecretArn') ?? '{"tokens":[]}'));
  for (const [name, { proof }] of Object.entries(sources)) {
    if (Object.hasOwn(known, name)) continue;
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const { token, entry } = newToken(name, ['read']);
    known[name] = { secret, token };
    secrets[name] = [...(secrets[name] ?? []), keptForm(proof, secret)];
    tokens.tokens.push(entry);
  }
  cloud.secrets.put(secretId(cloud, 'SourceSecretsSecretArn'), JSON.stringify(secrets));
  cloud.secrets.put(secretId(cloud, 'ApiTokensSecretArn'), JSON.stringify(tokens));
  writeFileSync(file, JSON.stringify(known, undefined, 2), { mode: 0o600 });
  return new Map(Object.entries(known));
}

function readSecret(cloud: Cloud, output: string): string | undefined {
  return cloud.secrets.get(secretId(cloud, output));
}

function secretId(cloud: Cloud, output: string): string {
  const id = cloud.outputs[output];
  if (id === undefined) throw new Error(`The stacks have no output ${output}`);
  return id;
}
