/** `npm run erase`: removes what is left of one holder, and keeps what stops replays. */
import { parseArgs } from 'node:util';
import { programsOf } from '../lib/programs/programs.ts';
import { eraseLetters, eraseRecords } from './erase/records.ts';
import { runCommand } from './operator/command.ts';
import { findTarget } from './operator/target.ts';
import { UsageError } from './operator/usage-error.ts';

const usage = `npm run erase -- --environment NAME --holder HOLDER
  --environment  a file of config/, without .json; local works on the running npm start
  --holder       as events name the holder: an e-mail address, or the external key of a wallet; - reads it from the input
  --state DIR    folder of the local system (.local)
Records keep ids, fingerprints and keyed names, so that a late replay issues nothing. Safe to repeat. What the provider
holds is not touched.`;

async function readOptions(args: string[]) {
  const { environment, holder, state } = parse(args);
  if (environment === undefined) throw new UsageError('--environment is missing');
  const text = (holder === '-' ? await readInput() : holder)?.trim();
  if (text === undefined || text.length < 3)
    throw new UsageError('--holder is missing or too short to mean one holder');
  return { environment, holder: text, state };
}

function parse(args: string[]) {
  try {
    const options = {
      environment: { type: 'string' },
      holder: { type: 'string' },
      state: { type: 'string', default: '.local' },
    } as const;
    return parseArgs({ args, options }).values;
  } catch {
    // The message of the parser may repeat the holder.
    throw new UsageError('There is an option this command does not know');
  }
}

async function readInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}

async function main(args: string[]): Promise<void> {
  const { environment, holder, state } = await readOptions(args);
  const target = await findTarget(environment, state);
  const programs = programsOf(target.environment);
  // Letters first: one that is put back while this runs becomes a record.
  const letters = await eraseLetters(holder, target, programs);
  const { erased, ended, underWay } = await eraseRecords(holder, target, programs);
  const lines = [
    `records that dropped holder and claims  ${erased}`,
    `  of these, issuances that are ended    ${ended}`,
    `dead letters deleted                    ${letters}`,
    `issuances under way                     ${underWay}`,
  ];
  if (underWay > 0)
    lines.push('What is under way drops holder and claims when it is confirmed. Repeat this in an hour.');
  console.log(lines.join('\n'));
}

await runCommand(usage, main);
