/** The environment the functions see here: config/local.json with the sandboxes' addresses as the providers'. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../lib/config/environment.ts';

/** Writes the file and gives its path. */
export function writeLocalEnvironment(
  environment: Environment,
  baseUrls: ReadonlyMap<string, { baseUrl: string }>,
  stateDir: string,
): string {
  const accounts = Object.fromEntries(
    Object.entries(environment.accounts).map(([name, account]) => {
      const baseUrl = baseUrls.get(name)?.baseUrl ?? account.baseUrl;
      return [name, { ...account, baseUrl }];
    }),
  );
  const path = join(stateDir, 'environment.json');
  writeFileSync(path, JSON.stringify({ ...environment, accounts }, undefined, 2));
  return path;
}
