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
    console.error(describe(error, typed));
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = typed ? 2 : 1;
  }
}

/** Errors of AWS have names that say more than their messages. */
function describe(error: unknown, typed: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ECONNREFUSED') return 'Nothing listens there: is npm start still running?';
  return typed || error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}
