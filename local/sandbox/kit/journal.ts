/** The memory of a sandbox that must survive a kill: one JSON line per committed change, replayed at start. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Where changes are written; `append` returns once the line has been handed to the operating system. */
export interface Journal<Change> {
  append(change: Change): void;
  close(): void;
}

/** How to open a journal; without `file` nothing is kept. `format` marks the file, so that no other one is taken for it. */
export interface JournalOptions<Change> {
  readonly file?: string | undefined;
  readonly format: string;
  readonly replay: (change: Change) => void;
}

/** The complete lines of the file; a torn last line, left by a kill in mid-write, is cut off. */
function completeLines(file: string): string[] {
  if (!existsSync(file)) return [];
  const content = readFileSync(file);
  const end = content.lastIndexOf(0x0a) + 1;
  // Without the cut the next line would be glued to the torn one and both lost.
  if (end < content.length) truncateSync(file, end);
  return content
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function parseLine(file: string, line: string, index: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`state file ${file}: line ${index + 1} is not JSON; restore it or remove the file`, { cause });
  }
}

function isHeader(value: unknown, format: string): boolean {
  return typeof value === 'object' && value !== null && 'journal' in value && value.journal === format;
}

/** Replays the file and opens it for appending; throws when it is damaged or belongs to something else. */
export function openJournal<Change>(options: JournalOptions<Change>): Journal<Change> {
  const { file, format } = options;
  if (file === undefined) return { append: () => {}, close: () => {} };
  mkdirSync(dirname(file), { recursive: true });
  const [header, ...changes] = completeLines(file).map((line, index) => parseLine(file, line, index));
  if (header !== undefined && !isHeader(header, format)) {
    throw new Error(`state file ${file} does not belong to ${format}; name another one`);
  }
  for (const change of changes) options.replay(change as Change);
  const descriptor = openSync(file, 'a', 0o600);
  // What sandboxes keep are claims and keys; the mode above is for a new file only.
  fchmodSync(descriptor, 0o600);
  if (header === undefined) appendFileSync(descriptor, `${JSON.stringify({ journal: format })}\n`);
  return {
    append: (change) => appendFileSync(descriptor, `${JSON.stringify(change)}\n`),
    close: () => closeSync(descriptor),
  };
}
