/** Which faults the names of tests say they show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The faults a test's name, or its describe's, names. */
export function faultsIn(name: string): number[] {
  return [...new Set([...name.matchAll(/\bfault (\d+): /g)].map(([, number]) => Number(number)))];
}

/** Level of a test, by the folder under test/ it lies in. */
export function levelOf(path: string): string {
  const folder = path.replaceAll('\\', '/').split('/test/').at(-1)?.split('/')[0] ?? '';
  return folder === 'acceptance' ? 'local system' : folder;
}

/** The test files with tests of these faults (of any fault without numbers), so that no other is loaded. */
export function filesOf(testFolder: string, numbers: readonly number[]): string[] {
  const files = testsIn(testFolder).filter(({ faults }) =>
    numbers.length === 0 ? faults.length > 0 : faults.some((number) => numbers.includes(number)),
  );
  return files.map(({ path }) => path);
}

/** Every test file with the faults its source names. */
function testsIn(testFolder: string): { path: string; faults: number[] }[] {
  return readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(testFolder, file))
    .map((path) => ({ path, faults: faultsIn(readFileSync(path, 'utf8')) }));
}

/** For each fault the levels on which the sources have a test by its number. */
export function levelsInSources(testFolder: string): Map<number, string[]> {
  const levels = new Map<number, Set<string>>();
  for (const { path, faults } of testsIn(testFolder)) {
    for (const number of faults) {
      const found = levels.get(number) ?? new Set();
      levels.set(number, found.add(levelOf(path)));
    }
  }
  return new Map([...levels].map(([number, found]) => [number, [...found].sort()]));
}
