/** The memory of a sandbox that must survive a kill: one JSON line per committed change, replayed at start. */
import { dirname } from 'node:path';
import { completeLines, makeFolder, openLineFile } from '@issue-on-behalf/files';

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
  makeFolder(dirname(file));
  const [header, ...changes] = completeLines(file).map((line, index) => parseLine(file, line, index));
  if (header !== undefined && !isHeader(header, format)) {
    throw new Error(`state file ${file} does not belong to ${format}; name another one`);
  }
  for (const change of changes) options.replay(change as Change);
  // What sandboxes keep are claims and keys.
  const lines = openLineFile(file);
  if (header === undefined) lines.append(JSON.stringify({ journal: format }));
  return { append: (change) => lines.append(JSON.stringify(change)), close: () => lines.close() };
}
