/** The examples of config/examples that bring a source of their own: one folder for each vendor. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../../lib/config/environment.ts';
import { parseEnvironment } from '../../../lib/config/load-environment.ts';
import { vendorGroups } from '../../../tools/vendors/groups.ts';
import type { Vendor } from '../../../tools/vendors/vendor.ts';

const folder = 'config/examples';
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** The folders with a `source.json`. */
export const exampleSources: readonly string[] = readdirSync(folder).filter((name) =>
  existsSync(join(folder, name, 'source.json')),
);

/** One event of an example. */
export interface VendorExample {
  source: string;
  path: string;
}

export const vendorExamples: readonly VendorExample[] = exampleSources.flatMap((source) =>
  readdirSync(join(folder, source))
    .filter((file) => /^[a-z-]+\.(json|form)$/.test(file) && file !== 'source.json')
    .map((file) => ({ source, path: join(folder, source, file) })),
);

/** The environment dev with all these sources. */
export function environmentWithExamples(): Environment {
  const own = Object.fromEntries(exampleSources.map((name) => [name, read(join(folder, name, 'source.json'))]));
  const dev = read('config/dev.json');
  return parseEnvironment(JSON.stringify({ ...dev, sources: { ...dev.sources, ...own } }), 'config/examples');
}

/** The vendor of a folder. */
export function vendorOf(source: string): Vendor {
  const named = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const found = vendorGroups.flatMap(({ vendors }) => vendors).find(({ name }) => named(name) === source);
  if (found === undefined) throw new Error(`docs/vendors.md has no vendor ${source}`);
  return found;
}

const besideOf = (path: string, kind: string) => path.replace(/\.(json|form)$/, `.${kind}.json`);

/** The headers of an example, without its proof. */
export function headersOf(path: string): Record<string, string> {
  const file = besideOf(path, 'headers');
  return existsSync(file) ? read(file) : {};
}

export const expectedOf = (path: string) => read(besideOf(path, 'expected'));
