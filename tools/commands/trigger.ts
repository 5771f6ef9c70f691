/** `iob trigger`: sends example events, or your own, signed as their source signs them. */
import { Command, Option } from 'commander';
import { CommandFailure } from '../command-line/command-failure.ts';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import { readEventFile } from '../events/event-file.ts';
import { describeSent, isTaken, type SentEvent } from '../trigger/describe-sent.ts';
import { endpointOf } from '../trigger/endpoint.ts';
import { exampleFiles } from '../trigger/examples.ts';
import { type Override, readOverride } from '../trigger/overrides.ts';
import { triggerEvent } from '../trigger/trigger-event.ts';

interface TriggerOptions extends EnvironmentOptions {
  example?: string;
  event?: string;
  headers?: string;
  override?: Override[];
  same?: true;
  secretFile?: string;
}

export function triggerCommand(): Command {
  return onEnvironment(new Command('trigger'), 'local')
    .summary('send example events of a source')
    .description(
      'Sends events of a source to its endpoint, signed as the source signs them. Time and ids are made new, so that the\n' +
        'event is not a replay. In a deployed environment, an accepted event issues a real credential.',
    )
    .argument('<source>', 'an entry of sources in the configuration of the environment')
    .addOption(
      new Option('--example <name>', 'a file of config/examples/<source>, without its ending. Default: all').conflicts(
        'event',
      ),
    )
    .option('--event <file>', 'the body of your own event')
    .addOption(
      new Option('--headers <file>', 'its headers as a JSON object. Default: FILE.headers.json beside the event'),
    )
    .addOption(
      new Option(
        '--override <path=value>',
        'change a member, such as data.lines[0].plan=plus; may be repeated',
      ).argParser((text: string, earlier: Override[] = []) => [...earlier, readOverride(text)]),
    )
    .option('--same', 'send it with its own time and ids')
    .option('--secret-file <file>', 'what to sign with. Default: the secret of the environment')
    .addHelpText('after', '\nExit status: 0 accepted or ignored, 1 refused or not used, 2 could not be sent.')
    .action(trigger);
}

async function trigger(source: string, options: TriggerOptions): Promise<void> {
  const { event, example, headers, override: overrides = [], same = false, state, secretFile } = options;
  const target = await targetOf(options, 'trigger');
  const { environment } = target;
  const endpoint = await endpointOf(target, { source, state, ...(secretFile !== undefined && { secretFile }) });
  const files = event === undefined ? exampleFiles(source, example) : [event];
  const sent: SentEvent[] = [];
  for (const file of files) {
    const wish = { source, file: readEventFile(file, headers), overrides, same };
    sent.push({ source, event: file, ...(await triggerEvent(environment, endpoint, wish)) });
  }
  const local = environment.environment === 'local' ? state : undefined;
  print(sent, sent.map((one) => describeSent(one, local)).join('\n'), options);
  if (!sent.every(({ answer }) => isTaken(answer))) throw new CommandFailure();
}
