/** `iob listen`: shows the events of a source as they arrive, and runs them again after each change of the configuration. */
import { join } from 'node:path';
import { Command } from 'commander';
import { ConfigurationError, loadEnvironment } from '../../lib/config/load-environment.ts';
import { jsonView } from '../listen/json-view.ts';
import { type Configured, listening } from '../listen/listening.ts';
import { localDeliveries } from '../listen/local-stream.ts';
import { terminalView } from '../listen/terminal-view.ts';
import { watchFile } from '../listen/watch-file.ts';

interface ListenOptions {
  source: string;
  state: string;
  configDirectory: string;
  json?: true;
}

export function listenCommand(): Command {
  return new Command('listen')
    .summary('show the events of a source as they arrive')
    .description(
      'Shows the events that a source sends to the running npm start, and what each expression of its rules gives. After\n' +
        'each save of config/local.json, all received events are run again with the new rules. Ends with Ctrl-C. The output\n' +
        'contains personal data.',
    )
    .requiredOption('--source <name>', 'an entry of sources in config/local.json')
    .option('--state <folder>', 'state folder of the local system', '.local')
    .option('--config-directory <folder>', 'where local.json is', 'config')
    .option('--json', 'print one JSON object per line')
    .action(listen);
}

async function listen({ source, state, configDirectory, json }: ListenOptions): Promise<void> {
  const file = join(configDirectory, 'local.json');
  const print = (line: string) => console.log(line);
  const view = json ? jsonView(print) : terminalView(file, print);
  const events = listening(source, () => configuredSource(source, configDirectory), view);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const fail = (error: unknown) => stopping.abort(error);
  const watcher = watchFile(file, () => void events.changed().catch(fail));
  const tell = (line: string) => console.error(line);
  try {
    const stream = { source, state, signal: stopping.signal, onConnection: (is: boolean) => tell(connection(is)) };
    tell(`Listening for events of ${source}; stop with Ctrl-C.`);
    for await (const delivery of localDeliveries(stream)) await events.hear(delivery);
    if (stopping.signal.reason instanceof Error && stopping.signal.reason.name !== 'AbortError')
      throw stopping.signal.reason;
  } finally {
    watcher.close();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function connection(is: boolean): string {
  return is ? 'The local system runs again.' : 'The local system has ended; waiting until it is started again.';
}

/** Throws UsageError at the beginning of a command, and ConfigurationError if the source has been removed since. */
function configuredSource(source: string, directory: string): Configured {
  const environment = loadEnvironment('local', directory);
  const settings = Object.hasOwn(environment.sources, source) ? environment.sources[source] : undefined;
  if (settings !== undefined) return { environment, settings };
  const known = Object.keys(environment.sources).join(', ') || 'none';
  throw new ConfigurationError(`${join(directory, 'local.json')} has no source ${source} (there are: ${known})`);
}
