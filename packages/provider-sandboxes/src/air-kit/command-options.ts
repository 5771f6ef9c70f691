/** The options of `npm run sandbox:air-kit`, from the command line and the configuration file. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SettingsError } from './settings.ts';
import type { AirKitSandboxOptions } from './start-air-kit-sandbox.ts';

/** What `--help` prints. */
export const usage = `Usage: npm run sandbox:air-kit -- [options]

  --port N           port to listen on (4020; 0 for any free one)
  --host ADDRESS     address to listen on (127.0.0.1)
  --jwks-url URL     registered JWKS URL of the partner: https, or http on this machine
  --partner-id UUID  partner that may issue
  --config FILE      JSON file with partner, programs, refusedConsent, onchainDelayMs, switches
                     (without it: example.json beside this command)
  --state FILE       keep what was issued in this file; without it a restart forgets everything
  --help             this text`;

const options = {
  port: { type: 'string', default: '4020' },
  host: { type: 'string', default: '127.0.0.1' },
  'jwks-url': { type: 'string' },
  'partner-id': { type: 'string' },
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
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content };
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
export function readCommandOptions(argv: string[]): AirKitSandboxOptions | 'help' {
  const values = parse(argv);
  if (values.help) return 'help';
  const configuration = readConfiguration(values.config ?? new URL('example.json', import.meta.url));
  const partner = typeof configuration['partner'] === 'object' ? configuration['partner'] : {};
  const given = {
    ...(values['jwks-url'] === undefined ? {} : { jwksUrl: values['jwks-url'] }),
    ...(values['partner-id'] === undefined ? {} : { partnerId: values['partner-id'] }),
  };
  return {
    ...configuration,
    partner: { ...partner, ...given },
    port: portOf(values.port),
    host: values.host,
    stateFile: values.state,
  } as AirKitSandboxOptions;
}
