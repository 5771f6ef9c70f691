/** Saves of editors: a file is replaced, renamed over, or written in several steps. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFile } from '../../../../tools/listen/watch-file.ts';

test('each save that changes the content is seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'issue-on-behalf-'));
  const file = join(folder, 'local.json');
  writeFileSync(file, '1');
  let saves = 0;
  const watcher = watchFile(file, () => {
    saves += 1;
  });
  try {
    writeFileSync(file, '2');
    await expect.poll(() => saves).toBe(1);
    writeFileSync(join(folder, 'other'), '3');
    writeFileSync(`${file}~`, '3');
    renameSync(`${file}~`, file);
    await expect.poll(() => saves).toBe(2);
    rmSync(file);
    writeFileSync(file, '3');
    writeFileSync(file, '4');
    await expect.poll(() => saves).toBe(3);
  } finally {
    watcher.close();
  }
});
