/** `iob erase`: removes the remaining data of one holder, and keeps what prevents replays. */
import { Command } from 'commander';
import type { LeftAtProvider } from '../../lib/operate/erase-record.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import { readInput } from '../command-line/read-input.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { describeErasure, describeLeft } from '../erase/describe.ts';
import { eraseLetters, eraseRecords, eraseUnusable } from '../erase/records.ts';

interface EraseOptions extends EnvironmentOptions {
  holder: string;
  dryRun?: true;
}

export function eraseCommand(): Command {
  return (
    onEnvironment(new Command('erase'))
      .summary('remove the personal data of one holder')
      .description(
        'Removes the remaining data of one holder. Records keep ids, fingerprints and keyed hashes, so that a late replay\n' +
          'issues nothing. Safe to repeat. The data at the provider is not affected: its ids are printed once, and removed.',
      )
      .requiredOption(
        '--holder <holder>',
        'the holder as in events: an e-mail address, or the external key of a wallet; - reads it from standard input',
      )
      .option('--dry-run', 'only count')
      // A misplaced argument may be the holder, and must not be repeated.
      .configureOutput({ outputError: (_message, write) => write('error: erase takes --environment and --holder\n') })
      .action(erase)
  );
}

async function erase(options: EraseOptions): Promise<void> {
  const holder = (options.holder === '-' ? await readInput() : options.holder).trim();
  if (holder.length < 3) throw new UsageError('--holder is too short to name one holder');
  const { dryRun = false } = options;
  const target = await targetOf(options, 'erase');
  const programs = catalogOf(target.environment);
  // Dead letters first: a dead letter that is redriven in the meantime becomes a record.
  const deadLetters = await eraseLetters(holder, dryRun, target, programs);
  const unusable = await eraseUnusable(holder, dryRun, target, programs);
  const heard: LeftAtProvider[] = [];
  const wish = { dryRun, hear: (left: LeftAtProvider) => void heard.push(left) };
  try {
    const report = await eraseRecords(holder, wish, target, programs);
    print(
      { dryRun, deadLetters, unusable, ...report },
      describeErasure(report, { deadLetters, unusable }, dryRun),
      options,
    );
  } catch (error) {
    // These ids may not be stored anywhere else.
    for (const line of describeLeft(heard)) process.stderr.write(`${line}\n`);
    throw error;
  }
}
