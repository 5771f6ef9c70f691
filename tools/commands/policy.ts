/** `iob policy`: prints the least permissions that a command needs in an environment. */
import { Argument, Command } from 'commander';
import { type OperatorCommand, operatorCommands, operatorPolicy } from '../../cdk/operator-policies.ts';
import { type EnvironmentOptions, onEnvironment, targetOf } from '../command-line/options.ts';

export function policyCommand(): Command {
  return onEnvironment(new Command('policy'))
    .summary('print the permissions that a command needs')
    .description('Prints the IAM policy to attach to the role or user that runs a command.')
    .addArgument(new Argument('<command>', 'the command').choices(operatorCommands))
    .action(async (command: OperatorCommand, options: EnvironmentOptions) => {
      const { environment, output } = await targetOf(options, command);
      console.log(JSON.stringify(operatorPolicy(command, environment.environment, output), undefined, 2));
    });
}
