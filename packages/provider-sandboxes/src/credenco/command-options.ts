/** The options of `npm run sandbox:credenco`, from the command line and the configuration file. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isObject } from './json-fields.ts';
import { SettingsError } from './settings.ts';
import type { CredencoSandboxOptions } from './start-credenco-sandbox.ts';

/** What `--help` prints. */
export const usage = `Usage: npm run sandbox:credenco -- [options]

  --port N        port to listen on (4021; 0 for any free one)
  --host ADDRESS  address to listen on (127.0.0.1)
  --config FILE   JSON file with backend, issuers, templates, wallets, switches
                  (without it: example.json beside this command)
  --state FILE    keep keys, offers, credentials and contacts in this file; without it a restart forgets everything
  --help          this text`;

const options = {
  port: { type: 'string', default: '4021' },
  host: { type: 'string', default: '127.0.0.1' },
  config: { type: 'string' },
  state: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function readConfiguration(file: string | URL): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(content)) return content;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`--config ${String(file)}: ${reason}`, { cause: error });
  }
  throw new SettingsError(`--config ${String(file)}: must hold a JSON object`);
}

function portOf(value: string): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new SettingsError(`--port ${value}: must be a number from 0 to 65535`);
}

/** The sandbox's options, or `help`; throws a SettingsError. What they contain is checked at the start. */
export function readCommandOptions(argv: string[]): CredencoSandboxOptions | 'help' {
  const values = parse(argv);
  if (values.help) return 'help';
  const configuration = readConfiguration(values.config ?? new URL('example.json', import.meta.url));
  return {
    ...configuration,
    port: portOf(values.port),
    host: values.host,
    stateFile: values.state,
  } as CredencoSandboxOptions;
}
