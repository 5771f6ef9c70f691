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

/** For each fault the levels on which the sources have a test by its number. */
export function levelsInSources(testFolder: string): Map<number, string[]> {
  const levels = new Map<number, Set<string>>();
  for (const file of readdirSync(testFolder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.test.ts')) continue;
    const path = join(testFolder, file);
    for (const number of faultsIn(readFileSync(path, 'utf8'))) {
      const found = levels.get(number) ?? new Set();
      levels.set(number, found.add(levelOf(path)));
    }
  }
  return new Map([...levels].map(([number, found]) => [number, [...found].sort()]));
}
