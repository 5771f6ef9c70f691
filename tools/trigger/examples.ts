/** The example events of a source: the bodies in config/examples/<source>. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../command-line/usage-error.ts';

const folder = join('config', 'examples');

/** The files of the named example, or of all of them. Throws UsageError. */
export function exampleFiles(source: string, example: string | undefined): string[] {
  const files = bodiesOf(source);
  const names = files.map(nameOf);
  if (names.length === 0) {
    throw new UsageError(`There is no example in ${join(folder, source)}: send a file of yours with --event`);
  }
  if (example !== undefined && !names.includes(example)) {
    throw new UsageError(`${source} has no example ${example} (there are: ${names.join(', ')})`);
  }
  return files
    .filter((file) => example === undefined || nameOf(file) === example)
    .map((file) => join(folder, source, file));
}

/** A dot in a name marks what belongs to an example: its headers and its expected result. source.json has settings. */
function bodiesOf(source: string): string[] {
  const path = join(folder, source);
  if (!/^[a-z][a-z0-9-]*$/.test(source) || !existsSync(path)) return [];
  return readdirSync(path).filter((file) => /^[^.]+\.(json|form)$/.test(file) && file !== 'source.json');
}

function nameOf(file: string): string {
  return file.replace(/\.\w+$/, '');
}
