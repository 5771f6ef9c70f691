/** The sandbox of the directories in which the local environment's sources look up holders. */
import { randomBytes } from 'node:crypto';
import { startDirectorySandbox } from '@issue-on-behalf/provider-sandboxes/directory';
import type { Environment } from '../../lib/config/environment.ts';
import { lookupName } from '../../lib/issuance/lookup-name.ts';

/** The customers whom the samples name. */
const customers = { 'customer-4711': 'mary@example.com', 'customer-0000': null };

export interface RunningDirectory {
  /** The address of its switches and its inspection. */
  origin: string;
  /** The sources, with the address of the sandbox as that of their directory. */
  sources: Environment['sources'];
  /** The entries of the secret `provider-accounts`. */
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  stop(): Promise<void>;
}

export async function startDirectory(sources: Environment['sources'], port: number): Promise<RunningDirectory> {
  const token = randomBytes(24).toString('base64url');
  const sandbox = await startDirectorySandbox({ port, token, customers });
  const { origin } = sandbox;
  const names = Object.keys(sources).filter((name) => sources[name]?.lookup?.type === 'http');
  return {
    origin,
    sources: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, redirected(source, origin)])),
    secrets: Object.fromEntries(names.map((name) => [lookupName(name), { token }])),
    stop: () => sandbox.close(),
  };
}

function redirected(source: Environment['sources'][string], origin: string): Environment['sources'][string] {
  const { lookup } = source;
  if (lookup?.type !== 'http') return source;
  return { ...source, lookup: { ...lookup, url: lookup.url.replace(/^https?:\/\/[^/]+/, origin) } };
}
