/** `npm run redrive`: puts back what waits in the dead-letter queue, or failed for a reason, once the cause is mended. */
import { parseArgs } from 'node:util';
import { type ErrorCode, errorCodes } from '../lib/issuance/error-codes.ts';
import type { RedriveReport } from '../lib/issuance/redrive.ts';
import { runCommand } from './operator/command.ts';
import { progressOn } from './operator/progress.ts';
import { findTarget } from './operator/target.ts';
import { UsageError } from './operator/usage-error.ts';
import { redriveIssuances } from './redrive/issuances.ts';
import { type LettersReport, noReason, redriveLetters } from './redrive/letters.ts';

const usage = `npm run redrive -- --environment NAME [--reason CODE] [--what messages|issuances] [--dry-run]
  --environment  a file of config/, without .json; local works on the running npm start
  --reason CODE  only what is there for this reason (docs/errors.md); "none" for letters without one
  --what         messages: dead letters; issuances: failed and uncertain ones, for which --reason is needed.
                 Without it: messages, and issuances if a reason is given
  --dry-run      only count
  --state DIR    folder of the local system (.local)
Safe to repeat. An uncertain issuance that is put back is issued as if for the first time: look at the provider first.`;

function readOptions(args: string[]) {
  const { environment, reason, what, state, 'dry-run': dryRun } = parse(args);
  if (environment === undefined) throw new UsageError('--environment is missing');
  if (what !== undefined && what !== 'messages' && what !== 'issuances') {
    throw new UsageError('--what takes messages or issuances');
  }
  if (reason !== undefined && reason !== noReason && !Object.hasOwn(errorCodes, reason)) {
    throw new UsageError('--reason takes a code of docs/errors.md');
  }
  const code = reason === noReason ? undefined : (reason as ErrorCode | undefined);
  if (what === 'issuances' && code === undefined) throw new UsageError('--what issuances needs --reason');
  const issuances = what === 'messages' ? undefined : code;
  return { environment, state, dryRun, letters: what !== 'issuances', reason, issuances };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        environment: { type: 'string' },
        reason: { type: 'string' },
        what: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        state: { type: 'string', default: '.local' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option');
  }
}

function describeLetters(report: LettersReport, verb: string): string[] {
  if (report.size === 0) return ['Dead letters: none'];
  const lines = [...report].map(
    ([reason, { found, putBack }]) => `  ${reason.padEnd(28)}${found} there, ${putBack} ${verb}`,
  );
  return ['Dead letters by reason', ...lines];
}

function describeIssuances({ found, putBack, gone, moved }: RedriveReport, reason: string, verb: string): string[] {
  return [
    `Issuances that ended with ${reason}`,
    `  ${found} there, ${putBack} ${verb}`,
    ...(gone > 0 ? [`  ${gone} without holder and claims: their sources must send the events again`] : []),
    ...(moved > 0 ? [`  ${moved} moved on meanwhile`] : []),
  ];
}

async function main(args: string[]): Promise<void> {
  const { environment, state, dryRun, letters, reason, issuances } = readOptions(args);
  const target = await findTarget(environment, state);
  const verb = dryRun ? 'would be put back' : 'put back';
  if (letters) {
    const report = await redriveLetters(target, { reason, dryRun }, progressOn(process.stderr, 'Dead letters'));
    console.log(describeLetters(report, verb).join('\n'));
  }
  if (issuances !== undefined) {
    const wish = { reason: issuances, dryRun };
    const report = await redriveIssuances(target, wish, progressOn(process.stderr, 'Issuances'));
    console.log(describeIssuances(report, issuances, verb).join('\n'));
  }
}

await runCommand(usage, main);
