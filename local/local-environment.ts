/** The environment of the local functions: config/local.json with the addresses of the sandboxes. */
import { join } from 'node:path';
import { writeFileWhole } from '@issue-on-behalf/files';
import type { Environment } from '../lib/config/environment.ts';
import type { RunningSandbox } from './sandboxes/running-sandbox.ts';

/** Writes the file and returns its path. */
export function writeLocalEnvironment(
  environment: Environment,
  sandboxes: ReadonlyMap<string, RunningSandbox>,
  stateDir: string,
): string {
  const accounts = Object.fromEntries(
    Object.entries(environment.accounts).map(([name, account]) => {
      return [name, { ...account, ...sandboxes.get(name)?.settings }];
    }),
  );
  const path = join(stateDir, 'environment.json');
  writeFileWhole(path, JSON.stringify({ ...environment, accounts }, undefined, 2));
  return path;
}
