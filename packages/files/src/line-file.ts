/** A file that grows by whole lines: a line that cannot be written leaves nothing of itself behind. */
import { closeSync, fchmodSync, fstatSync, ftruncateSync, openSync, truncateSync, writeSync } from 'node:fs';
import { readTextFile } from './read-json.ts';

export interface LineFile {
  /** Returns once the line has been handed to the operating system. */
  append(line: string): void;
  close(): void;
}

/** The lines of a file, or none when it is not there. A torn last line, left by a kill in mid-write, is not among them. */
export function completeLines(path: string): string[] {
  const content = readTextFile(path) ?? '';
  return content
    .slice(0, content.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '');
}

/** Opens a file, made if it is not there, for its owner only; a torn last line is cut off. */
export function openLineFile(path: string): LineFile {
  cutTornLine(path);
  const descriptor = openSync(path, 'a', 0o600);
  // The mode above is for a new file only.
  fchmodSync(descriptor, 0o600);
  return {
    append: (line) => appendWhole(descriptor, path, Buffer.from(`${line}\n`)),
    close: () => closeSync(descriptor),
  };
}

/** Without the cut the next line would be glued to the torn one and both lost. */
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
    // A full disk takes a part of a line, to which the next one would be glued.
    ftruncateSync(descriptor, before);
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}
