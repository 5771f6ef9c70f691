/** The options that commands share. */
import { type Command, Option } from 'commander';
import type { OperatorCommand } from '../../cdk/operator-policies.ts';
import { findTarget, type Target } from './target.ts';

export interface EnvironmentOptions {
  environment: string;
  state: string;
  json?: true;
}

/** Adds the options of a command that works on a deployed environment or on the running local system. */
export function onEnvironment(command: Command, usual?: 'local'): Command {
  const environment = new Option(
    '-e, --environment <name>',
    'a file of config/, without .json; local: the running npm start',
  );
  return withJson(command)
    .addOption(usual === undefined ? environment.makeOptionMandatory() : environment.default(usual))
    .option('--state <folder>', 'state folder of the local system', '.local');
}

/** Adds the options of a command that only reads the configuration of an environment. */
export function onConfiguration(command: Command): Command {
  return withJson(command).option('-e, --environment <name>', 'a file of config/, without .json', 'dev');
}

function withJson(command: Command): Command {
  return command.option('--json', 'print the result as JSON');
}

/**
 * The environment that the options name, for a command with a policy in cdk/operator-policies.json. Throws UsageError or
 * ConfigurationError if there is no such environment.
 */
export function targetOf({ environment, state }: EnvironmentOptions, command: OperatorCommand): Promise<Target> {
  return findTarget(environment, state, command);
}

/** Prints a result: as JSON for programs, otherwise as text for people. */
export function print(result: unknown, text: string, { json }: { json?: true }): void {
  console.log(json ? JSON.stringify(result, undefined, 2) : text);
}
