/** The API token of the local system: created at the first start and stored in the state folder; the API has its hash. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { damaged, readTextFile, writeFileWhole } from '@issue-on-behalf/files';
import type { Cloud } from '@issue-on-behalf/local-cloud';
import { newToken, scopes, tokenEntry } from '../lib/sources/api-tokens.ts';
import { addTokens } from './local-secrets.ts';

/** Source the local token belongs to. */
const source = 'local';

/** The token and its file. Its hash is added to the API's secret, unless it is already there. */
export function localToken(cloud: Cloud, stateDir: string): { token: string; tokenFile: string } {
  const tokenFile = join(stateDir, 'api-token');
  const token = readToken(tokenFile) ?? newToken(source, scopes).token;
  // The file first: after a crash in between, the next start finds the token and registers it.
  if (!existsSync(tokenFile)) writeFileWhole(tokenFile, token);
  addTokens(cloud, [tokenEntry(token, source, scopes)]);
  return { token, tokenFile };
}

function readToken(file: string): string | undefined {
  const token = readTextFile(file);
  if (token !== undefined && !/^iob_[\w-]{43}$/.test(token)) throw damaged(file);
  return token;
}
