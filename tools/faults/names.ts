/** The faults that tests cover, according to their names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The faults in the name of a test or of its describe block. */
export function faultsIn(name: string): number[] {
  return [...new Set([...name.matchAll(/\bfault (\d+): /g)].map(([, number]) => Number(number)))];
}

/** Level of a test: its folder under test/, or its package. */
export function levelOf(path: string): string {
  const plain = path.replaceAll('\\', '/');
  const owner = /\/packages\/([^/]+)\/test\//.exec(plain)?.[1];
  if (owner !== undefined) return owner;
  const folder = plain.split('/test/').at(-1)?.split('/')[0] ?? '';
  return folder === 'acceptance' ? 'local system' : folder;
}

/** The test files with tests of these faults (of all faults, if there are no numbers), so that no other file is loaded. */
export function filesOf(testFolders: readonly string[], numbers: readonly number[]): string[] {
  const files = testsIn(testFolders).filter(({ faults }) =>
    numbers.length === 0 ? faults.length > 0 : faults.some((number) => numbers.includes(number)),
  );
  return files.map(({ path }) => path);
}

/** Every test file with the faults that its source names. */
function testsIn(testFolders: readonly string[]): { path: string; faults: number[] }[] {
  return testFolders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => ({ path, faults: faultsIn(readFileSync(path, 'utf8')) }));
}

/** For each fault, the levels that have a test with its number. */
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
