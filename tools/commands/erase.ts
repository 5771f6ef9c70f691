/** `iob erase`: removes what is left of one holder, and keeps what stops replays. */
import { Command } from 'commander';
import { programsOf } from '../../lib/programs/programs.ts';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { eraseLetters, eraseRecords } from '../erase/records.ts';

interface EraseOptions extends EnvironmentOptions {
  holder: string;
}

export function eraseCommand(): Command {
  return (
    onEnvironment(new Command('erase'))
      .summary('remove the personal data of one holder')
      .description(
        'Removes what is left of one holder. Records keep ids, fingerprints and keyed names, so that a late replay issues\n' +
          'nothing. Safe to repeat. What the provider holds is not touched.',
      )
      .requiredOption(
        '--holder <holder>',
        'as events name the holder: an e-mail address, or the external key of a wallet; - reads it from the standard input',
      )
      // What is typed in the wrong place may be the holder, and must not be repeated.
      .configureOutput({ outputError: (_message, write) => write('error: erase takes --environment and --holder\n') })
      .action(erase)
  );
}

async function erase(options: EraseOptions): Promise<void> {
  const holder = (options.holder === '-' ? await readInput() : options.holder).trim();
  if (holder.length < 3) throw new UsageError('--holder is too short to name one holder');
  const target = await targetOf(options);
  const programs = programsOf(target.environment);
  // Letters first: one that is sent back while this runs becomes a record.
  const letters = await eraseLetters(holder, target, programs);
  const { erased, ended, underWay } = await eraseRecords(holder, target, programs);
  const lines = [
    `records that dropped holder and claims  ${erased}`,
    `  of these, issuances that are ended    ${ended}`,
    `dead letters deleted                    ${letters}`,
    `issuances under way                     ${underWay}`,
    ...(underWay > 0
      ? ['What is under way drops holder and claims when it is confirmed. Repeat this in an hour.']
      : []),
  ];
  print({ erased, ended, deadLetters: letters, underWay }, lines.join('\n'), options);
}

async function readInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}
