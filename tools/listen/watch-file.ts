/** Watches a file that editors replace, rename or write in several steps. */
import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** An editor needs this long to complete a save. */
const settledMs = 100;

/** Calls `changed` after each save that changes the content. */
export function watchFile(path: string, changed: () => void): FSWatcher {
  let content = read(path);
  let timer: NodeJS.Timeout | undefined;
  // The folder: a file that is replaced would no longer be watched.
  return watch(dirname(path), (_, name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = read(path);
      if (now === undefined || now === content) return;
      content = now;
      changed();
    }, settledMs);
  });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
