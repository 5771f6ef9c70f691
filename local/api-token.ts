/** The API token of the local system: made at the first start, kept in the state folder, known to the API by its hash. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { damaged, readTextFile, writeFileWhole } from '@issue-on-behalf/files';
import type { Cloud } from '@issue-on-behalf/local-cloud';
import { newToken, scopes, tokenEntry } from '../lib/sources/api-tokens.ts';
import { addTokens } from './local-secrets.ts';

/** Source the local token belongs to. */
const source = 'local';

/** The token and the file it lies in. The API's secret of the template gets its hash, unless it has it. */
export function localToken(cloud: Cloud, stateDir: string): { token: string; tokenFile: string } {
  const tokenFile = join(stateDir, 'api-token');
  const token = readToken(tokenFile) ?? newToken(source, scopes).token;
  // The file first: killed in between, the next start finds the token and makes it known.
  if (!existsSync(tokenFile)) writeFileWhole(tokenFile, token);
  addTokens(cloud, [tokenEntry(token, source, scopes)]);
  return { token, tokenFile };
}

function readToken(file: string): string | undefined {
  const token = readTextFile(file);
  if (token !== undefined && !/^iob_[\w-]{43}$/.test(token)) throw damaged(file);
  return token;
}
