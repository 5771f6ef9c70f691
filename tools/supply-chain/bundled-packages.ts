/** The packages of which code is in a deployed bundle, from esbuild's list of inputs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** esbuild's metafile, as far as it is read here. */
export interface Metafile {
  inputs: Record<string, unknown>;
}

/** The folders of the packages, relative to the root: for nested ones, the innermost. */
export function packageFolders({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

/** `name@version` of each package; `later` are the names of packages in files beside the bundles. */
export function bundledPackages(metafile: Metafile, later: readonly string[], root: string): Set<string> {
  const folders = [...packageFolders(metafile), ...later.map((name) => `node_modules/${name}`)];
  return new Set(
    folders.map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      return `${name}@${version}`;
    }),
  );
}
