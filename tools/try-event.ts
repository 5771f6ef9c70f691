/** Shows what would become of an event before anything is deployed; `npm run try-event`. */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigurationError, loadEnvironment } from '../lib/config/load-environment.ts';
import { type Trial, tryEvent } from './event-trial.ts';

const usage = `npm run try-event -- --source NAME --event FILE [options]
  --source NAME       an entry of sources in the environment's file
  --event FILE        the body as it would be sent
  --headers FILE      its headers as a JSON object; FILE.headers.json beside the event unless told
  --environment NAME  a file of config/, without .json (dev)
  --queue             as a message on the queue; the headers are its attributes
  --json              what came out as JSON, for programs
  --help              this text
The exit status is 0 when the event would be accepted or ignored, 1 when it would be refused, 2 when it can't be tried.`;

/** What the command line asks for is not possible; the message is for the person who typed it. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        source: { type: 'string' },
        event: { type: 'string' },
        headers: { type: 'string' },
        environment: { type: 'string', default: 'dev' },
        queue: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option');
  }
}

function readHeaders(named: string | undefined, event: string): Record<string, string> {
  const beside = event.replace(/\.json$/, '.headers.json');
  const file = named ?? (beside !== event && existsSync(beside) ? beside : undefined);
  if (file === undefined) return {};
  const headers: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const usable = typeof headers === 'object' && headers !== null && Object.values(headers).every(isText);
  if (!usable) throw new UsageError(`${file} must be a JSON object of texts`);
  return headers as Record<string, string>;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function describe(trial: Trial): string {
  if (trial.outcome === 'ignored') {
    return `Ignored: no rule is for this event (asked: ${trial.asked.join(', ')}). The sender would hear 200.`;
  }
  if (trial.outcome === 'refused') {
    const detail = trial.detail === undefined ? '' : `: ${trial.detail}`;
    return `Refused with ${trial.code}. ${trial.title}${detail}.\n${trial.advice}`;
  }
  const { rule, program, holder, occurredAt, idempotencyKey, claims } = trial;
  return [
    `Accepted by the rule ${rule}; the claims match the schema of the program ${program}.`,
    `  holder          ${holder}`,
    `  occurred at     ${occurredAt}`,
    `  idempotency key ${idempotencyKey}`,
    `  claims          ${JSON.stringify(claims, undefined, 2).replaceAll('\n', '\n                  ')}`,
  ].join('\n');
}

async function main(): Promise<number> {
  const options = parse(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const { source, event, queue } = options;
  if (source === undefined || event === undefined) throw new UsageError('--source and --event are needed');
  const environment = loadEnvironment(options.environment);
  const settings = Object.hasOwn(environment.sources, source) ? environment.sources[source] : undefined;
  if (settings === undefined) {
    const known = Object.keys(environment.sources).join(', ') || 'none';
    throw new UsageError(`config/${options.environment}.json has no source ${source} (there are: ${known})`);
  }
  if (!existsSync(event)) throw new UsageError(`There is no file ${event}`);
  const body = readFileSync(event);
  const trial = await tryEvent(environment, {
    source,
    settings,
    headers: readHeaders(options.headers, event),
    body,
    queue,
  });
  console.log(options.json ? JSON.stringify(trial, undefined, 2) : describe(trial));
  return trial.outcome === 'refused' ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof UsageError || error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  if (error instanceof UsageError) console.error(`\n${usage}`);
  return 2;
});
