/** What each source of the local environment signs with and looks its issuances up with: made once, kept in the state folder. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { damaged, readJsonFile, writeFileWhole } from '@issue-on-behalf/files';
import type { Cloud } from '@issue-on-behalf/local-cloud';
import * as z from 'zod';
import type { Environment } from '../lib/config/environment.ts';
import { newToken, type Scope, tokenEntry } from '../lib/sources/api-tokens.ts';
import { addSourceSecrets, addTokens } from './local-secrets.ts';
import { keptForm, senderSecret } from './senders/sender-secret.ts';

const allAccess = z.record(
  z.string(),
  z.object({
    /** Random bytes in base64, of which its sender’s secret is made. */
    secret: z.string(),
    /** A bearer token that may read. */
    token: z.string(),
  }),
);

export type SourceAccess = z.infer<typeof allAccess>[string];

const scopes: readonly Scope[] = ['read'];

/** By source name. Puts the secrets where the functions find them, beside what an operator has put there. */
export function localSources(
  cloud: Cloud,
  sources: Environment['sources'],
  stateDir: string,
): Map<string, SourceAccess> {
  const file = join(stateDir, 'sources.json');
  const known = readAccess(file);
  const access = Object.fromEntries(Object.keys(sources).map((name) => [name, known[name] ?? newAccess(name)]));
  // The file first: killed in between, the next start finds the secrets and makes them known.
  writeFileWhole(file, JSON.stringify({ ...known, ...access }, undefined, 2));
  addTokens(
    cloud,
    Object.entries(access).map(([name, { token }]) => tokenEntry(token, name, scopes)),
  );
  const secrets = Object.entries(sources).flatMap(([name, { proof }]) => {
    const secret = access[name]?.secret;
    return secret === undefined || proof === undefined
      ? []
      : [[name, keptForm(proof, senderSecret(proof, secret))] as const];
  });
  addSourceSecrets(cloud, Object.fromEntries(secrets));
  return new Map(Object.entries({ ...known, ...access }));
}

function readAccess(file: string): Record<string, SourceAccess> {
  const read = allAccess.safeParse(readJsonFile(file) ?? {});
  if (!read.success) throw damaged(file, read.error);
  return read.data;
}

function newAccess(name: string): SourceAccess {
  return { secret: `whsec_${randomBytes(32).toString('base64')}`, token: newToken(name, scopes).token };
}
