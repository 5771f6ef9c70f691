/** Looks through everything a run has put out for what must never be in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const marks: Record<string, RegExp> = {
  'an address': /endurance-\d+(@|%40)example\.com/i,
  'a token of the API': /iob_[\w-]{20,}/,
  'a Partner JWT': /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  'a private key': /"(d|p|q|dp|dq|qi)"\s*:\s*"[\w-]{40,}|BEGIN [A-Z ]*PRIVATE KEY/,
};

const files = ['cloud/functions.log', 'cloud/access.log', 'events.jsonl'];

/** What was found where, and how many characters were looked through. */
export function findLeaks(stateDir: string, printed: string): { found: string[]; characters: number } {
  const outputs = new Map([['what it printed', printed]]);
  for (const file of files) {
    const path = join(stateDir, file);
    if (!existsSync(path)) throw new Error(`${path} is missing: there is nothing to look through`);
    outputs.set(file, readFileSync(path, 'utf8'));
  }
  const found = [...outputs].flatMap(([name, text]) =>
    Object.entries(marks).flatMap(([what, mark]) => (mark.test(text) ? [`${what} in ${name}`] : [])),
  );
  return { found, characters: [...outputs.values()].reduce((sum, text) => sum + text.length, 0) };
}
