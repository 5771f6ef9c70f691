/** Changes the product's code in many small ways and counts the changes that no test notices; `npm run mutation`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isMutatedFolder, mutatedFolders } from './mutation/folders.ts';

const usage = `npm run mutation -- FOLDER [FILE …]   one of ${Object.keys(mutatedFolders).join(', ')}; only these files of it, if any are given`;

function main([folder, ...files]: readonly string[]): number {
  if (!isMutatedFolder(folder)) {
    console.error(usage);
    return 2;
  }
  const root = join(import.meta.dirname, '..');
  const mutated = (files.length > 0 ? files : ['**/*.ts']).map((file) => `lib/${folder}/${file}`);
  const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const given = [stryker, 'run', '--mutate', mutated.join(',')];
  const env = { ...process.env, MUTATED_FOLDER: folder };
  return spawnSync(process.execPath, given, { cwd: root, stdio: 'inherit', env }).status ?? 1;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
