/** `iob redrive`: sends dead letters and failed issuances back to the queue, after their cause is fixed. */
import { Command, Option } from 'commander';
import { type ErrorCode, errorCodes } from '../../lib/issuance/error-codes.ts';
import type { RedriveReport } from '../../lib/operate/redrive.ts';
import type { SupersededInVain, SupersededOutcome } from '../../lib/operate/redrive-superseded.ts';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import { progressOn } from '../command-line/progress.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { redriveIssuances, redriveSupersededOnes } from '../redrive/issuances.ts';
import { type LettersReport, noReason, redriveLetters } from '../redrive/letters.ts';

interface RedriveOptions extends EnvironmentOptions {
  reason?: ErrorCode | typeof noReason;
  what?: 'messages' | 'issuances' | 'superseded';
  dryRun?: true;
}

export function redriveCommand(): Command {
  return onEnvironment(new Command('redrive'))
    .summary('send dead letters and failed issuances back to the queue')
    .description('Sends dead letters and failed issuances back to the queue. Safe to repeat.')
    .addOption(
      new Option(
        '--reason <code>',
        'only those with this reason (docs/errors.md); none: dead letters without one',
      ).argParser(readReason),
    )
    .addOption(
      new Option(
        '--what <what>',
        'dead letters, failed and uncertain issuances, or issuances that failed issuances superseded (the last two need --reason). Default: the first two',
      ).choices(['messages', 'issuances', 'superseded']),
    )
    .option('--dry-run', 'only count and list')
    .addHelpText(
      'after',
      '\nAn uncertain issuance that is sent back is issued as if for the first time: check at the provider first.',
    )
    .action(redrive);
}

function readReason(reason: string): string {
  if (reason === noReason || Object.hasOwn(errorCodes, reason)) return reason;
  throw new UsageError('--reason takes a code of docs/errors.md');
}

async function redrive(options: RedriveOptions): Promise<void> {
  const { reason, what, dryRun = false } = options;
  const code = reason === noReason ? undefined : reason;
  if (what !== undefined && what !== 'messages' && code === undefined)
    throw new UsageError(`--what ${what} needs --reason`);
  const target = await targetOf(options, 'redrive');
  if (what === 'superseded' && code !== undefined) {
    const all = await redriveSupersededOnes(target, { reason: code, dryRun }, progressOn(process.stderr, 'Issuances'));
    return print({ dryRun, superseded: all }, describeSuperseded(all, code, dryRun), options);
  }
  const messages =
    what === 'issuances'
      ? undefined
      : await redriveLetters(target, { reason, dryRun }, progressOn(process.stderr, 'Dead letters'));
  const issuances =
    what === 'messages' || code === undefined
      ? undefined
      : await redriveIssuances(target, { reason: code, dryRun }, progressOn(process.stderr, 'Issuances'));
  const verb = dryRun ? 'would be sent back' : 'sent back';
  const lines = [
    ...(messages ? describeLetters(messages, verb) : []),
    ...(issuances ? describeIssuances(issuances, String(code), verb) : []),
  ];
  print({ dryRun, ...(messages && { messages: Object.fromEntries(messages) }), issuances }, lines.join('\n'), options);
}

function describeSuperseded(all: readonly SupersededInVain[], reason: string, dryRun: boolean): string {
  const words: Record<SupersededOutcome, string> = {
    'sent-back': dryRun ? 'would be sent back' : 'sent back',
    older: 'skipped: a newer one of the same holder is issued instead',
    'newer-stands': 'skipped: the holder has, or may have, a newer credential',
    gone: 'without holder and claims: its source must send the event again',
    moved: 'skipped: changed in the meantime',
  };
  const lines = all.map(({ id, failed, outcome }) => `  ${id} superseded by ${failed}: ${words[outcome]}`);
  return [`Issuances superseded by one that failed with ${reason}: ${all.length}`, ...lines].join('\n');
}

function describeLetters(report: LettersReport, verb: string): string[] {
  if (report.size === 0) return ['Dead letters: none'];
  const lines = [...report].map(
    ([reason, { found, putBack }]) => `  ${reason.padEnd(28)}${found} found, ${putBack} ${verb}`,
  );
  return ['Dead letters by reason', ...lines];
}

function describeIssuances({ found, putBack, gone, moved }: RedriveReport, reason: string, verb: string): string[] {
  return [
    `Issuances that ended with ${reason}`,
    `  ${found} found, ${putBack} ${verb}`,
    ...(gone > 0 ? [`  ${gone} without holder and claims: their sources must send the events again`] : []),
    ...(moved > 0 ? [`  ${moved} changed in the meantime and were skipped`] : []),
  ];
}
