/** A file to which whole lines are appended: a line that cannot be written leaves no part in the file. */
import { closeSync, fchmodSync, fstatSync, ftruncateSync, openSync, truncateSync, writeSync } from 'node:fs';
import { readTextFile } from './read-json.ts';

export interface LineFile {
  /** Returns when the line has been passed to the operating system. */
  append(line: string): void;
  close(): void;
}

/** The lines of a file, or none if it does not exist. An incomplete last line, left by a crash during a write, is not included. */
export function completeLines(path: string): string[] {
  const content = readTextFile(path) ?? '';
  return content
    .slice(0, content.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '');
}

/** Opens a file, creates it if necessary (for its owner only), and removes an incomplete last line. */
export function openLineFile(path: string): LineFile {
  cutTornLine(path);
  const descriptor = openSync(path, 'a', 0o600);
  // The mode above applies only to a new file.
  fchmodSync(descriptor, 0o600);
  return {
    append: (line) => appendWhole(descriptor, path, Buffer.from(`${line}\n`)),
    close: () => closeSync(descriptor),
  };
}

/** Otherwise the next line would be appended to the incomplete line, and both would be lost. */
function cutTornLine(path: string): void {
  const content = readTextFile(path) ?? '';
  const whole = content.slice(0, content.lastIndexOf('\n') + 1);
  if (whole.length < content.length) truncateSync(path, Buffer.byteLength(whole));
}

function appendWhole(descriptor: number, path: string, bytes: Buffer): void {
  const before = fstatSync(descriptor).size;
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    // On a full disk, a part of a line may be written, to which the next line would be appended.
    ftruncateSync(descriptor, before);
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}
