/** The options of a command that serves a sandbox: from the command line, and from the configuration file that it names. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SettingsError } from './settings.ts';

/** An option of one provider, in addition to the common options. */
export interface OwnOption {
  /** The placeholder of its value in the usage. */
  readonly value: string;
  readonly help: string;
}

/** The differences between the commands of two providers. */
export interface CommandTexts {
  /** The npm script. */
  readonly script: string;
  readonly defaultPort: number;
  /** Members of a configuration file. */
  readonly members: string;
  /** The content of the file of `--state`. */
  readonly kept: string;
  readonly ownOptions: Readonly<Record<string, OwnOption>>;
  /** The configuration without `--config`. */
  readonly example: URL;
}

/** The parsed options; `own` has the given options of the provider. */
export interface CommandOptions {
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly listening: { readonly port: number; readonly host: string; readonly stateFile: string | undefined };
  readonly own: Readonly<Record<string, string>>;
}

/** The output of `--help`. */
export function usageOf({ script, defaultPort, members, kept, ownOptions }: CommandTexts): string {
  const rows = [
    ['--port N', `port to listen on (${defaultPort}; 0 for any free one)`],
    ['--host ADDRESS', 'address to listen on (127.0.0.1)'],
    ...Object.entries(ownOptions).map(([name, { value, help }]) => [`--${name} ${value}`, help]),
    ['--config FILE', `JSON file with ${members}`],
    ['', '(without it: example.json beside this command)'],
    ['--state FILE', `keep ${kept} in this file; without it a restart forgets everything`],
    ['--help', 'this text'],
  ];
  const width = Math.max(...rows.map(([option = '']) => option.length));
  const lines = rows.map(([option = '', help]) => `  ${option.padEnd(width)}  ${help}`);
  return `Usage: npm run ${script} -- [options]\n\n${lines.join('\n')}`;
}

/** The options, or `help`; throws a SettingsError. The start validates the configuration. */
export function readCommandOptions(argv: string[], texts: CommandTexts): CommandOptions | 'help' {
  const values = parse(argv, texts);
  if (values['help'] === true) return 'help';
  const textOf = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const own = Object.keys(texts.ownOptions).flatMap((name) => {
    const value = textOf(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    configuration: readConfiguration(textOf('config') ?? texts.example),
    listening: {
      port: portOf(textOf('port') ?? String(texts.defaultPort)),
      host: textOf('host') ?? '127.0.0.1',
      stateFile: textOf('state'),
    },
    own: Object.fromEntries(own),
  };
}

function parse(args: string[], { ownOptions }: CommandTexts): Readonly<Record<string, unknown>> {
  const names = ['port', 'host', 'config', 'state', ...Object.keys(ownOptions)];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args, options: { ...options, help: { type: 'boolean' } }, allowPositionals: false }).values;
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
