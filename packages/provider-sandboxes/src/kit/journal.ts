/** The persistent state of a sandbox, which survives a crash: one JSON line per committed change, replayed at startup. */
import { dirname } from 'node:path';
import { completeLines, makeFolder, openLineFile } from '@issue-on-behalf/files';

/** The destination of changes; `append` returns when the line has been passed to the operating system. */
export interface Journal<Change> {
  append(change: Change): void;
  close(): void;
}

/** How to open a journal; without `file` nothing is kept. `format` marks the file, so that no other file is mistaken for it. */
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

/** Replays the file and opens it for appending; throws if it is damaged or has another format. */
export function openJournal<Change>(options: JournalOptions<Change>): Journal<Change> {
  const { file, format } = options;
  if (file === undefined) return { append: () => {}, close: () => {} };
  makeFolder(dirname(file));
  const [header, ...changes] = completeLines(file).map((line, index) => parseLine(file, line, index));
  if (header !== undefined && !isHeader(header, format)) {
    throw new Error(`state file ${file} does not belong to ${format}; name another one`);
  }
  for (const change of changes) options.replay(change as Change);
  // Sandboxes store claims and keys.
  const lines = openLineFile(file);
  if (header === undefined) lines.append(JSON.stringify({ journal: format }));
  return { append: (change) => lines.append(JSON.stringify(change)), close: () => lines.close() };
}
