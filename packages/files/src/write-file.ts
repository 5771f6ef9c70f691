/** Writes a file so that a reader, or the next start, finds the old content or the new one and never a part of it. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Only one process writes a file, so that what a kill leaves beside it is written over the next time. */
export function writeFileWhole(path: string, content: string, mode = 0o600): void {
  const fresh = `${path}.new`;
  try {
    const descriptor = openSync(fresh, 'w', mode);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true, recursive: true });
    // What fails on a descriptor does not say where.
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}
