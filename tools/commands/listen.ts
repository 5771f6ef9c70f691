/** `iob listen`: shows the events of a source as they arrive, and runs them again after each change of the configuration. */
import { join } from 'node:path';
import { Command } from 'commander';
import { ConfigurationError, loadEnvironment } from '../../lib/config/load-environment.ts';
import type { Delivery } from '../../local/deliveries/delivery.ts';
import { onEnvironment, targetOf } from '../command-line/options.ts';
import { jsonView } from '../listen/json-view.ts';
import { type Configured, listening } from '../listen/listening.ts';
import { localDeliveries } from '../listen/local-stream.ts';
import { terminalView } from '../listen/terminal-view.ts';
import { unusableDeliveries } from '../listen/unusable-stream.ts';
import { watchFile } from '../listen/watch-file.ts';
import { listUnusable, unusableIn } from '../unusable/events.ts';

interface ListenOptions {
  source: string;
  environment: string;
  state: string;
  configDirectory: string;
  json?: true;
}

export function listenCommand(): Command {
  return onEnvironment(new Command('listen'), 'local')
    .summary('show the events of a source as they arrive')
    .description(
      'Shows the events that a source sends to the running npm start, and what each expression of its rules gives; of a\n' +
        'deployed environment, those that could not be used and are kept (iob unusable). After each save of the configuration,\n' +
        'all of them are run again with the new rules. Ends with Ctrl-C. The output contains personal data.',
    )
    .requiredOption('--source <name>', 'an entry of sources in the configuration of the environment')
    .option('--config-directory <folder>', 'where the file of the environment is', 'config')
    .action(listen);
}

async function listen(options: ListenOptions): Promise<void> {
  const { source, environment, configDirectory, json } = options;
  const file = join(configDirectory, `${environment}.json`);
  const print = (line: string) => console.log(line);
  const view = json ? jsonView(print) : terminalView(file, print);
  const events = listening(source, () => configuredSource(options), view);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const fail = (error: unknown) => stopping.abort(error);
  const watcher = watchFile(file, () => void events.changed().catch(fail));
  try {
    tell(`Listening for events of ${source}; stop with Ctrl-C.`);
    for await (const delivery of await deliveriesOf(options, stopping.signal)) await events.hear(delivery);
    const { reason } = stopping.signal;
    if (reason instanceof Error && reason.name !== 'AbortError') throw reason;
  } finally {
    watcher.close();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Between two looks at the unusable events of a deployed environment. */
const everyMs = 5000;

async function deliveriesOf(options: ListenOptions, signal: AbortSignal): Promise<AsyncGenerator<Delivery>> {
  const { source, environment, state } = options;
  if (environment === 'local') {
    return localDeliveries({ source, state, signal, onConnection: (is) => tell(connection(is)) });
  }
  const kept = unusableIn(await targetOf(options, 'listen'));
  return unusableDeliveries({
    list: () => listUnusable(kept, source),
    get: (id) => kept.get(id),
    signal,
    onTooLarge: ({ id, code }) => tell(`${id} was refused with ${code}, and was too large to be kept.`),
    everyMs,
  });
}

function tell(line: string): void {
  console.error(line);
}

function connection(is: boolean): string {
  return is ? 'The local system runs again.' : 'The local system has ended; waiting until it is started again.';
}

/** Throws ConfigurationError. */
function configuredSource({ source, environment: name, configDirectory }: ListenOptions): Configured {
  const environment = loadEnvironment(name, configDirectory);
  const settings = Object.hasOwn(environment.sources, source) ? environment.sources[source] : undefined;
  if (settings !== undefined) return { environment, settings };
  const known = Object.keys(environment.sources).join(', ') || 'none';
  const file = join(configDirectory, `${name}.json`);
  throw new ConfigurationError(`${file} has no source ${source} (there are: ${known})`);
}
