/** Finds replaced words in code and documents, and exits with 1 if there are any; `npm run check:words`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replacedWords } from './replaced-words.ts';

const root = join(import.meta.dirname, '../..');

/** The list itself, its test, and files with texts of others. */
const leftOut =
  /^(tools\/checks\/replaced-words\.ts|test\/unit\/tools\/replaced-words\.test\.ts|package-lock\.json|LICENSE)$/;

/** Lines that quote messages of AWS. */
const quoted = /Secrets Manager can't find/;

/** One line per finding: file, line number, the word and what to write instead. */
export function complaints(path: string, text: string): string[] {
  return replacedWords.flatMap(({ found, instead }) =>
    [...text.matchAll(found)].flatMap((match) => {
      const before = text.slice(0, match.index).split('\n');
      const line = text.split('\n')[before.length - 1] ?? '';
      return quoted.test(line)
        ? []
        : [`${path}:${before.length}: "${match[0].replaceAll(/\s+/g, ' ')}": write ${instead}`];
    }),
  );
}

function main(): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
  const paths = listed
    .toString()
    .split('\n')
    .filter((path) => path !== '' && !leftOut.test(path));
  const present = paths.filter((path) => existsSync(join(root, path)));
  const found = present.flatMap((path) => complaints(path, readFileSync(join(root, path), 'utf8')));
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
}

if (import.meta.main) main();
