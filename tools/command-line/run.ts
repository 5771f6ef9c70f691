/** Runs the command line: the list of commands, and their common handling of errors. */
import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../../lib/config/load-environment.ts';
import { alarmsCommand } from '../commands/alarms.ts';
import { eraseCommand } from '../commands/erase.ts';
import { keysCommand } from '../commands/keys.ts';
import { listenCommand } from '../commands/listen.ts';
import { policyCommand } from '../commands/policy.ts';
import { redriveCommand } from '../commands/redrive.ts';
import { restoreCommand } from '../commands/restore.ts';
import { sourceCommand } from '../commands/source.ts';
import { tokenCommand } from '../commands/token.ts';
import { triggerCommand } from '../commands/trigger.ts';
import { tryCommand } from '../commands/try.ts';
import { unusableCommand } from '../commands/unusable.ts';
import { CommandFailure } from './command-failure.ts';
import { UsageError } from './usage-error.ts';

const exitStatuses = `
Exit status: 0 done, 1 the work could not be done or an event would be refused, 2 the command line or the
configuration is wrong. Results go to the standard output, everything else to the standard error.`;

/** Runs the command that the arguments name; returns the exit status. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    await commandLine().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return tell(error);
  }
}

function commandLine(): Command {
  const program = new Command('iob')
    .description('Issue on Behalf: set up sources and tokens, and operate an environment.')
    .addHelpText('after', exitStatuses)
    .showSuggestionAfterError()
    .enablePositionalOptions();
  program.commandsGroup('Integrate:').addCommand(sourceCommand()).addCommand(tryCommand());
  program.addCommand(triggerCommand()).addCommand(listenCommand()).addCommand(tokenCommand());
  program
    .commandsGroup('Operate:')
    .addCommand(keysCommand())
    .addCommand(redriveCommand())
    .addCommand(unusableCommand())
    .addCommand(eraseCommand())
    .addCommand(restoreCommand())
    .addCommand(alarmsCommand())
    .addCommand(policyCommand());
  return throwing(program);
}

/** Errors of the command line are thrown instead of ending the process, and point to the help of their command. */
function throwing(command: Command): Command {
  command.exitOverride().showHelpAfterError(`See iob ${pathOf(command)}--help`);
  command.configureOutput({
    writeOut: (text) => console.log(text.trimEnd()),
    writeErr: (text) => console.error(text.trimEnd()),
  });
  for (const child of command.commands) throwing(child as Command);
  return command;
}

function pathOf(command: Command): string {
  return command.parent === null ? '' : `${pathOf(command.parent as Command)}${command.name()} `;
}

/** Prints the error, unless it was printed already; returns the exit status. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CommandFailure) return 1;
  const typed = error instanceof UsageError || error instanceof ConfigurationError;
  console.error(describe(error, typed));
  return typed ? 2 : 1;
}

/** The names of AWS errors say more than their messages. */
function describe(error: unknown, typed: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ECONNREFUSED')
    return 'The connection was refused: is npm start still running?';
  return typed || error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}
