/** `iob restore`: brings back the records that the environment's table has lost, from a table restored from its backup. */
import { Command } from 'commander';
import type { RestoreReport } from '../../lib/aws/restore-table.ts';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import { progressOn } from '../command-line/progress.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { restore } from '../restore/restore.ts';

interface RestoreOptions extends EnvironmentOptions {
  from: string;
  asOf: string;
  dryRun?: true;
}

export function restoreCommand(): Command {
  return onEnvironment(new Command('restore'))
    .summary('bring back lost records from a restored backup')
    .description(
      'Copies the records that the table has lost from a table that AWS restored from a backup. Overwrites nothing. While it\n' +
        'runs, nothing is accepted. Afterwards no repeated event is issued again. Safe to interrupt and to repeat.',
    )
    .requiredOption('--from <table>', 'the table that was restored from the backup')
    .requiredOption('--as-of <time>', 'the point in time of the backup, such as 2026-11-27T10:00:00Z')
    .option('--dry-run', 'only count')
    .action(async (options: RestoreOptions) => {
      const lostSince = readTime(options.asOf);
      const { from, dryRun = false } = options;
      const target = await targetOf(options, 'restore');
      const report = await restore({ from, lostSince, dryRun }, target, progressOn(process.stderr, 'Items'));
      print({ dryRun, lostSince, ...report }, describe(report, dryRun), options);
    });
}

function readTime(text: string): string {
  const time = new Date(text);
  if (!/(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(time.getTime()) || time > new Date())
    throw new UsageError('--as-of takes a time in the past with its zone, such as 2026-11-27T10:00:00Z');
  return time.toISOString();
}

function describe({ read, restored, inDoubt, present, skipped }: RestoreReport, dryRun: boolean): string {
  return [
    ...(dryRun ? ['Dry run: nothing was written.'] : []),
    `items in the backup           ${read}`,
    `  restored                    ${restored}`,
    `    of these, in doubt        ${inDoubt}   queued in the backup: the outcome is determined before anything is issued`,
    `  still in the table          ${present}   left as they are`,
    `  not needed                  ${skipped}`,
    ...(dryRun ? [] : ['Next: npx iob redrive --what messages --reason issuance-missing']),
  ].join('\n');
}
