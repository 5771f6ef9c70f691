/** `iob unusable`: lists, shows and replays webhooks that were acknowledged although they could not be used. */
import { Command } from 'commander';
import type { UnusableEvent } from '../../lib/issuance/unusable-events.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import { type Replayed, replayUnusable } from '../../lib/sources/unusable/replay-unusable.ts';
import { CommandFailure } from '../command-line/command-failure.ts';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import type { Target } from '../command-line/target.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { listUnusable, replayPortsOf, unusableIn } from '../unusable/events.ts';

interface UnusableOptions extends EnvironmentOptions {
  source: string;
}

export function unusableCommand(): Command {
  const command = new Command('unusable')
    .summary('list, show and replay webhooks that could not be used')
    .description('Webhooks that were acknowledged although they could not be used, and are kept for an operator.');
  command.addCommand(ofSource('list', 'list them, without their content').action(list));
  command.addCommand(
    ofSource('show', 'print one as it was received: it may contain personal data').argument('<id>').action(show),
  );
  command.addCommand(
    ofSource('replay', 'replay one, or all of the source, with the rules of config/<environment>.json')
      .argument('[id]')
      .addHelpText('after', '\nDeploy a changed rule first. Safe to repeat: an event is never issued twice.')
      .action(replay),
  );
  return command;
}

function ofSource(name: string, summary: string): Command {
  return onEnvironment(new Command(name))
    .summary(summary)
    .requiredOption('--source <name>', 'an entry of sources in the configuration of the environment');
}

async function list(options: UnusableOptions): Promise<void> {
  const events = await listUnusable(unusableIn(await targetOf(options, 'unusable')), options.source);
  const lines = events.map(
    ({ id, at, code, detail = '', dropAt }) => `${id}  ${at}  ${code}  until ${dropAt}  ${detail}`,
  );
  print({ events }, lines.length === 0 ? `Unusable events of ${options.source}: none` : lines.join('\n'), options);
}

async function show(id: string, options: UnusableOptions): Promise<void> {
  const found = await unusableIn(await targetOf(options, 'unusable')).get(id);
  if (found === undefined || found.event.source !== options.source) throw unknown(id, options);
  const { event, payload } = found;
  const content = payload && { headers: payload.headers, body: payload.body.toString('utf8') };
  const text = content && `${JSON.stringify(content.headers, undefined, 2)}\n\n${content.body}`;
  print({ ...event, ...content }, `${describe(event)}\n\n${text ?? 'It was too large to be kept.'}`, options);
}

function describe({ id, at, code, detail, dropAt }: UnusableEvent): string {
  return `${id}, received ${at}, kept until ${dropAt}\n${code}${detail === undefined ? '' : `: ${detail}`}`;
}

async function replay(id: string | undefined, options: UnusableOptions): Promise<void> {
  const target = await targetOf(options, 'unusable');
  const settings = settingsOf(target, options);
  const ports = replayPortsOf(target);
  const all = await listUnusable(ports.unusable, options.source);
  const chosen = id === undefined ? all : all.filter((event) => event.id === id);
  if (id !== undefined && chosen.length === 0) throw unknown(id, options);
  const results: ({ id: string } & Replayed)[] = [];
  for (const event of chosen) results.push({ id: event.id, ...(await replayUnusable(event.id, settings, ports)) });
  const lines = results.map((result) => `${result.id}  ${describeReplay(result)}`);
  print({ results }, lines.length === 0 ? `Unusable events of ${options.source}: none` : lines.join('\n'), options);
  if (results.some(({ outcome }) => outcome !== 'replayed')) throw new CommandFailure();
}

function describeReplay(result: Replayed): string {
  switch (result.outcome) {
    case 'replayed':
      return result.issuances.length === 0 ? 'replayed: no rule matches' : `replayed: ${result.issuances.join(', ')}`;
    case 'refused':
      return `still refused with ${result.code}${result.detail === undefined ? '' : `: ${result.detail}`}`;
    case 'gone':
      return 'not replayed: it was too large to be kept, or was replayed in the meantime';
  }
}

function settingsOf({ environment }: Target, { source }: UnusableOptions): SourceSettings {
  const settings = Object.hasOwn(environment.sources, source) ? environment.sources[source] : undefined;
  if (settings !== undefined) return settings;
  throw new UsageError(`The configuration has no source ${source}`);
}

function unknown(id: string, { source }: UnusableOptions): UsageError {
  return new UsageError(`The source ${source} has no unusable event ${id}`);
}
