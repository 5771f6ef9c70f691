/** Adds a source to the file of an environment, and leaves the rest of the file as it is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { applyEdits, modify } from 'jsonc-parser';
import type { Environment } from '../../lib/config/environment.ts';
import { parseEnvironment } from '../../lib/config/load-environment.ts';

export interface ChangedFile {
  text: string;
  environment: Environment;
}

/** The file with the source. Throws ConfigurationError if the environment would not be valid. */
export function withSource(file: string, name: string, entry: unknown): ChangedFile {
  const before = readFileSync(file, 'utf8');
  const [indent = '  '] = /(?<=\n)[ \t]+(?=")/.exec(before) ?? [];
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: before.includes('\r\n') ? '\r\n' : '\n',
  };
  const text = applyEdits(before, modify(before, ['sources', name], entry, { formattingOptions }));
  return { text, environment: parseEnvironment(text, file) };
}

export function writeSource(file: string, { text }: ChangedFile): void {
  writeFileSync(file, text);
}
