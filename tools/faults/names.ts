/** Which faults the names of tests say they show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The faults a test's name, or its describe's, names. */
export function faultsIn(name: string): number[] {
  return [...new Set([...name.matchAll(/\bfault (\d+): /g)].map(([, number]) => Number(number)))];
}

/** Level of a test: the folder under test/ it lies in, or the package it belongs to. */
export function levelOf(path: string): string {
  const plain = path.replaceAll('\\', '/');
  const owner = /\/packages\/([^/]+)\/test\//.exec(plain)?.[1];
  if (owner !== undefined) return owner;
  const folder = plain.split('/test/').at(-1)?.split('/')[0] ?? '';
  return folder === 'acceptance' ? 'local system' : folder;
}

/** The test files with tests of these faults (of any fault without numbers), so that no other is loaded. */
export function filesOf(testFolders: readonly string[], numbers: readonly number[]): string[] {
  const files = testsIn(testFolders).filter(({ faults }) =>
    numbers.length === 0 ? faults.length > 0 : faults.some((number) => numbers.includes(number)),
  );
  return files.map(({ path }) => path);
}

/** Every test file with the faults its source names. */
function testsIn(testFolders: readonly string[]): { path: string; faults: number[] }[] {
  return testFolders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => ({ path, faults: faultsIn(readFileSync(path, 'utf8')) }));
}

/** For each fault the levels on which the sources have a test by its number. */
export function levelsInSources(testFolders: readonly string[]): Map<number, string[]> {
  const levels = new Map<number, Set<string>>();
  for (const { path, faults } of testsIn(testFolders)) {
    for (const number of faults) {
      const found = levels.get(number) ?? new Set();
      levels.set(number, found.add(levelOf(path)));
    }
  }
  return new Map([...levels].map(([number, found]) => [number, [...found].sort()]));
}
