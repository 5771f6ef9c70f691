/** Adds a source to an environment: its entry with a drafted rule, and what the rule makes of the example event. */
import { join } from 'node:path';
import type { Environment } from '../../lib/config/environment.ts';
import { describeCode } from '../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import type { Arrival } from '../../lib/sources/rules/apply-rules.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { EventFile } from '../events/event-file.ts';
import { arrivalsOf, signedId, type Trial, tryEvent } from '../try/event-trial.ts';
import { type Draft, draftRule, type RuleWish } from './draft-rule.ts';
import { type ChangedFile, withSource } from './write-source.ts';

export interface SourceWish {
  name: string;
  proof: NonNullable<SourceSettings['proof']>;
  program: string;
  event: EventFile;
  /** The expression that finds the events of a delivery. */
  split?: string;
  rule: RuleWish;
}

export interface PlannedSource {
  /** The entry of `sources`. */
  entry: { proof: SourceWish['proof']; split?: string; rules: [Draft['rule']] };
  draft: Draft;
  trial: Trial;
  file: string;
  changed: ChangedFile;
}

/** Writes nothing. Throws UsageError or ConfigurationError. */
export async function planSource(
  environment: Environment,
  directory: string,
  wish: SourceWish,
): Promise<PlannedSource> {
  const { name, proof, event, split } = wish;
  const file = join(directory, `${environment.environment}.json`);
  if (Object.hasOwn(environment.sources, name)) throw new UsageError(`${file} already has a source ${name}`);
  const program = catalogOf(environment).find(wish.program);
  const settings = Object.hasOwn(environment.programs, wish.program) ? environment.programs[wish.program] : undefined;
  if (program === undefined || settings === undefined) {
    const known = Object.keys(environment.programs).join(', ') || 'none';
    throw new UsageError(`${file} has no program ${wish.program} (there are: ${known})`);
  }
  const arrival = await readArrival(wish);
  const delivery = { headers: arrival.headers, body: event.body };
  // The id of a delivery is none of its events'.
  const hasSignedId = split === undefined && (await signedId(without(wish), delivery)) !== undefined;
  const draft = await draftRule({ arrival, program, schema: settings.claims, hasSignedId, wish: wish.rule });
  const entry: PlannedSource['entry'] = { proof, ...(split !== undefined && { split }), rules: [draft.rule] };
  const changed = withSource(file, name, entry);
  const added = changed.environment.sources[name];
  if (added === undefined) throw new Error(`${file} does not contain the source`);
  const { headers, body } = event;
  const trial = await tryEvent(changed.environment, { source: name, settings: added, headers, body, queue: false });
  return { entry, draft, trial, file, changed };
}

/** The first event of the example. */
async function readArrival(wish: SourceWish): Promise<Arrival> {
  const { headers, body } = wish.event;
  try {
    const input = { source: wish.name, settings: without(wish), headers, body, queue: false };
    const [read] = await arrivalsOf(input);
    if (read !== undefined) return read();
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error;
    const advice = wish.split === undefined ? '; if it is a list of events, --split finds them' : '';
    throw new UsageError(`The event cannot be read: ${error.detail ?? describeCode(error.code).title}${advice}`);
  }
  throw new UsageError('--split finds no event in the example');
}

/** The settings of the source, without rules. */
function without({ proof, split }: SourceWish): SourceSettings {
  return { proof, split, rules: [], queue: undefined };
}
