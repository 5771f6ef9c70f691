/** The API token of the local system: made at the first start, kept in the state folder, known to the API by its hash. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiTokens, newToken, scopes } from '../lib/sources/api-tokens.ts';
import type { Cloud } from './cloud/cloud.ts';

/** Source the local token belongs to. */
const source = 'local';

/** The token and the file it lies in. The API's secret of the template gets its hash. */
export function localToken(cloud: Cloud, stateDir: string): { token: string; tokenFile: string } {
  const tokenFile = join(stateDir, 'api-token');
  if (existsSync(tokenFile)) return { token: readFileSync(tokenFile, 'utf8'), tokenFile };
  const secretId = cloud.outputs['ApiTokensSecretArn'];
  if (secretId === undefined) throw new Error('The stacks have no output ApiTokensSecretArn');
  const { token, entry } = newToken(source, scopes);
  const tokens: ApiTokens = { tokens: [entry] };
  cloud.secrets.put(secretId, JSON.stringify(tokens));
  writeFileSync(tokenFile, token, { mode: 0o600 });
  return { token, tokenFile };
}
