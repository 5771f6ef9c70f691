/** How Stryker runs the tests; `npm run mutation` names the folder. */
import { configDefaults, defineConfig } from 'vitest/config';
import { isMutatedFolder, leftOut, mutatedFolders } from './tools/mutation/folders.ts';

const folder = process.env['MUTATED_FOLDER'];

export default defineConfig({
  test: {
    environment: 'node',
    include: isMutatedFolder(folder) ? [...mutatedFolders[folder]] : [],
    exclude: [...configDefaults.exclude, ...leftOut],
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
