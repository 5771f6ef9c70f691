/** Writes a file so that a reader, or the next start, finds either the complete old content or the complete new content. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Only one process writes a file, so the next write replaces a temporary file that a crash has left. */
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
    // An error on a descriptor does not name the file.
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}
