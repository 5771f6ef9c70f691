/** What a new source shall be: from the command line, and else from questions. */
import type { Environment } from '../../lib/config/environment.ts';
import { proofSettings, schemeNames } from '../../lib/sources/proofs/settings/proof.ts';
import { sourceName } from '../../lib/sources/settings.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { readEventFile } from '../events/event-file.ts';
import type { SourceWish } from './add-source.ts';
import type { Draft, RuleWish } from './draft-rule.ts';
import type { Questions } from './questions.ts';

export interface SourceOptions extends Omit<RuleWish, 'claims'> {
  scheme?: string;
  /** JSON. */
  proof?: string;
  program?: string;
  event?: string;
  headers?: string;
  split?: string;
  claim?: Record<string, string>;
}

export interface GatheredWish extends SourceWish {
  /** The file of the event. */
  eventFile: string;
}

/** Throws UsageError. */
export async function gatherWish(
  name: string | undefined,
  options: SourceOptions,
  { programs }: Environment,
  questions: Questions,
): Promise<GatheredWish> {
  const { headers, split, claim: claims = {}, rule, when, holder, occurredAt, idempotencyKey } = options;
  const named = name ?? (await questions.ask({ option: 'NAME', message: 'Name of the source', problem: nameProblem }));
  const problem = nameProblem(named);
  if (problem !== undefined) throw new UsageError(`The name of the source ${problem}`);
  const proof = await proofOf(options, questions);
  const eventFile =
    options.event ?? (await questions.ask({ option: '--event <file>', message: 'File with an example of its events' }));
  const event = readEventFile(eventFile, headers);
  const program =
    options.program ??
    (await questions.ask({
      option: '--program <name>',
      message: 'Program that its events issue',
      choices: Object.keys(programs),
    }));
  const parts = Object.entries({ rule, when, holder, occurredAt, idempotencyKey }).filter(
    ([, part]) => part !== undefined,
  );
  const several = split === undefined ? {} : { split };
  return { name: named, proof, program, event, eventFile, ...several, rule: { ...Object.fromEntries(parts), claims } };
}

/** Asks for the required parts that could not be guessed; an empty answer leaves one for later. */
export async function askOpenParts(open: Draft['open'], rule: RuleWish, questions: Questions): Promise<RuleWish> {
  let wish = rule;
  for (const { part, option, required, wants } of open) {
    if (!required) continue;
    const message = `JSONata for ${part}${wants === undefined ? '' : ` (${wants})`}, or nothing to do it later`;
    const answer = await questions.askOptional({ option, message });
    if (answer === undefined) continue;
    const [first = '', claim] = part.split(/\.(.*)/s);
    wish =
      claim === undefined ? { ...wish, [first]: answer } : { ...wish, claims: { ...wish.claims, [claim]: answer } };
  }
  return wish;
}

function nameProblem(name: string): string | undefined {
  return sourceName.safeParse(name).error?.issues[0]?.message;
}

async function proofOf({ scheme, proof }: SourceOptions, questions: Questions): Promise<SourceWish['proof']> {
  if (proof !== undefined) return readProof(parse(proof), '--proof');
  const option = '--scheme <name>';
  const named = scheme ?? (await questions.ask({ option, message: 'How it signs its events', choices: schemeNames }));
  if (!schemeNames.includes(named)) throw new UsageError(`--scheme takes ${schemeNames.join(', ')}`);
  if (proofSettings.safeParse({ scheme: named }).success) return readProof({ scheme: named }, '--scheme');
  const message = `Settings of ${named} as JSON, with "scheme": "${named}" (docs/sources.md, Proof)`;
  return readProof(parse(await questions.ask({ option: '--proof <json>', message })), '--proof');
}

function readProof(value: unknown, option: string): SourceWish['proof'] {
  const read = proofSettings.safeParse(value);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => [...path.map(String), message].join(': '));
  throw new UsageError(`${option}: ${problems.join('; ')}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('--proof takes a JSON object, such as \'{"scheme":"stripe"}\'');
  }
}
