/** `iob source add`: adds a source with a first draft of its rule. */
import { Command, Option } from 'commander';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { CommandFailure } from '../command-line/command-failure.ts';
import { onConfiguration, print } from '../command-line/options.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type PlannedSource, planSource } from '../source/add-source.ts';
import { describeDraft, describeSource } from '../source/describe-source.ts';
import { askOpenParts, gatherWish, type SourceOptions } from '../source/gather-wish.ts';
import { questionsOn } from '../source/questions.ts';
import { writeSource } from '../source/write-source.ts';

interface AddOptions extends SourceOptions {
  environment: string;
  configDirectory: string;
  dryRun?: true;
  json?: true;
}

export function sourceCommand(): Command {
  return new Command('source').summary('add a source').description('Sets up sources.').addCommand(addCommand());
}

function addCommand(): Command {
  return onConfiguration(new Command('add'))
    .summary('add a source with a first draft of its rule')
    .description(
      'Adds a source to config/<environment>.json, with a rule that is drafted from an example event, and shows the result\n' +
        'for the event. What an option does not say is asked on the terminal. Expressions are JSONata.',
    )
    .argument('[name]', 'name of the source: lower-case letters, digits and dashes')
    .option('--config-directory <folder>', 'where the file of the environment is', 'config')
    .option('--scheme <name>', 'how the source proves its events, such as stripe or standard-webhooks')
    .addOption(new Option('--proof <json>', 'the same with settings, as in the configuration').conflicts('scheme'))
    .option('--event <file>', 'an example of its events: the body, as it would be sent')
    .option('--headers <file>', 'its headers as a JSON object. Default: FILE.headers.json beside the event')
    .option('--split <expression>', 'what finds the events, if the body has several')
    .option('--program <name>', 'the program that the rule issues')
    .option('--rule <name>', 'name of the rule. Default: the type of the event')
    .option('--when <expression>', 'whether the rule applies to an event')
    .option('--holder <expression>', 'the holder')
    .option('--occurred-at <expression>', 'the time of the event')
    .option('--idempotency-key <expression>', 'what is the same each time the event is sent')
    .addOption(new Option('--claim <name=expression>', 'a claim; may be repeated').argParser(readClaim))
    .option('--dry-run', 'only show the entry')
    .addHelpText(
      'after',
      '\nExit status: 0 the event would be accepted, 1 the rule must be corrected, 2 nothing was added.',
    )
    .action(add);
}

async function add(name: string | undefined, options: AddOptions): Promise<void> {
  const { environment: environmentName, configDirectory: directory, dryRun = false, json = false } = options;
  const environment = loadEnvironment(environmentName, directory);
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !json;
  const questions = questionsOn(isTerminal ? { input: process.stdin, output: process.stdout } : undefined);
  const wish = await gatherWish(name, options, environment, questions);
  let planned = await planSource(environment, directory, wish);
  const rule = await askOpenParts(planned.draft.open, wish.rule, questions);
  if (rule !== wish.rule) planned = await planSource(environment, directory, { ...wish, rule });
  if (!json) console.log(describeDraft(planned));
  if (!dryRun) {
    if (!(await questions.confirm(`Write this source into ${planned.file}?`))) throw new CommandFailure();
    writeSource(planned.file, planned.changed);
  }
  const { entry, draft, trial, file } = planned;
  print({ file, written: !dryRun, entry, ...draft, trial }, resultOf(planned, wish, dryRun, environmentName), options);
  const events = trial.outcome === 'split' ? trial.events : [trial];
  if (!events.some(({ outcome }) => outcome === 'accepted')) throw new CommandFailure();
}

function resultOf(
  planned: PlannedSource,
  { name, eventFile }: { name: string; eventFile: string },
  dryRun: boolean,
  environment: string,
): string {
  return dryRun ? 'Nothing was written.' : describeSource(planned, name, eventFile, environment);
}

function readClaim(text: string, earlier: Record<string, string> = {}): Record<string, string> {
  const [, name, expression] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name !== undefined && expression !== undefined) return { ...earlier, [name]: expression };
  throw new UsageError('--claim takes name=expression, such as plan=data.object.plan');
}
