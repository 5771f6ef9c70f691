/** Runs an operator's command: help, mistakes of the person who typed it, and trouble on the way, each told plainly. */
import { ConfigurationError } from '../../lib/config/load-environment.ts';
import { UsageError } from './usage-error.ts';

/** Ends with status 2 when the command line can not be followed, with 1 when the work could not be done. */
export async function runCommand(usage: string, run: (args: string[]) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 0 || args.includes('--help')) {
    console.log(usage);
    return;
  }
  try {
    await run(args);
  } catch (error) {
    const typed = error instanceof UsageError || error instanceof ConfigurationError;
    console.error(
      error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : error,
    );
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = typed ? 2 : 1;
  }
}
