/** The command that serves a sandbox until it is stopped. */
import { type CommandOptions, type CommandTexts, readCommandOptions, usageOf } from './command-options.ts';
import { SettingsError } from './settings.ts';

/** The parts of a provider's command. */
export interface SandboxCommand extends CommandTexts {
  /** Rejects with a SettingsError if the configuration is wrong. */
  start(options: CommandOptions): Promise<Served>;
}

export interface Served {
  readonly sandbox: { close(): Promise<void> };
  /** The output after it listens. */
  readonly description: string;
}

/** Serves until SIGINT or SIGTERM; wrong options end in exit code 2 and the usage. */
export async function serveCommand(command: SandboxCommand): Promise<void> {
  try {
    const options = readCommandOptions(process.argv.slice(2), command);
    if (options === 'help') return console.log(usageOf(command));
    const { sandbox, description } = await command.start(options);
    console.log(description);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  } catch (error) {
    const badOptions = error instanceof SettingsError;
    console.error(error instanceof Error ? error.message : error);
    if (badOptions) console.error(`\n${usageOf(command)}`);
    process.exitCode = badOptions ? 2 : 1;
  }
}
