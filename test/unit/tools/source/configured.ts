/** A folder with a copy of the configuration, to which sources are added. */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment } from '../../../../lib/config/load-environment.ts';
import { readEventFile } from '../../../../tools/events/event-file.ts';
import type { SourceWish } from '../../../../tools/source/add-source.ts';

export const local = loadEnvironment('local');

export function configured(): { directory: string; file: string } {
  const directory = mkdtempSync(join(tmpdir(), 'issue-on-behalf-'));
  cpSync('config/local.json', join(directory, 'local.json'));
  return { directory, file: join(directory, 'local.json') };
}

/** The wish for a source `new-one` with an example of config/examples as its event. */
export function wishFor(
  example: string,
  program: string,
  scheme: string,
  rule: Partial<SourceWish['rule']> = {},
): SourceWish {
  const proof = { scheme } as SourceWish['proof'];
  const event = readEventFile(`config/examples/${example}.json`);
  return { name: 'new-one', proof, program, event, rule: { claims: {}, ...rule } };
}
