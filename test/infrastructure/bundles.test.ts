/** What is deployed as a function: its bundle and the environment's configuration, the same bytes for the same input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { functionNames, placeBundles, readsEnvironment } from '../../cdk/bundle.ts';
import { readBundledEnvironment } from '../../lib/config/bundled-environment.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { emptyFunctions, temporaryFolder } from './synthesized.ts';

const environment = loadEnvironment('dev');

const beside: Partial<Record<string, string[]>> = {
  trigger: ['json-schema.js', 'jsonata.js', 'openapi.json'],
  worker: ['json-schema.js', 'jsonata.js'],
};

describe('the folder of a function', () => {
  const folder = placeBundles(environment, emptyFunctions(), temporaryFolder());

  test.each(functionNames)('%s holds the bundle, what it reads, and nothing else', (name) => {
    expect(readdirSync(join(folder, name)).sort()).toEqual([
      ...(readsEnvironment(name) ? ['environment.json'] : []),
      'index.js',
      ...(beside[name] ?? []),
    ]);
    expect(readFileSync(join(folder, name, 'index.js'), 'utf8')).toContain(name);
  });

  test('holds a configuration that the function can read', () => {
    expect(readBundledEnvironment(join(folder, 'worker', 'environment.json'))).toEqual(environment);
  });

  test('is the same when made again, so that only what changed is deployed', () => {
    const again = placeBundles(environment, emptyFunctions(), temporaryFolder());
    for (const name of functionNames) {
      expect(FileSystem.fingerprint(join(again, name))).toBe(FileSystem.fingerprint(join(folder, name)));
    }
  });

  test('is refused when a function was not built', () => {
    expect(() => placeBundles(environment, temporaryFolder(), temporaryFolder())).toThrow(/build the functions first/);
  });
});
