/** `iob try`: shows the result for an event before anything is deployed. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandFailure } from '../command-line/command-failure.ts';
import { onConfiguration, print } from '../command-line/options.ts';
import { readInput } from '../command-line/read-input.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { readEventFile } from '../events/event-file.ts';
import { checkProof, type ProofTrial } from '../try/check-proof.ts';
import { describeTrial, isRefused } from '../try/describe-trial.ts';
import { type TrialInput, tryEvent } from '../try/event-trial.ts';
import { hintsFor } from '../try/hints.ts';
import { trialSource } from '../try/trial-source.ts';

interface TryOptions {
  source: string;
  settings?: string;
  event: string;
  headers?: string;
  queue?: true;
  secret?: string;
  url?: string;
  answer?: string;
  environment: string;
  json?: true;
}

export function tryCommand(): Command {
  return onConfiguration(new Command('try'))
    .summary('show the result for an event')
    .description('Applies the rules of a source to an event and shows the result. Nothing is sent.')
    .requiredOption('--source <name>', 'an entry of sources in the configuration of the environment')
    .option('--settings <file>', 'its settings from a file, before they are an entry of the configuration')
    .requiredOption('--event <file>', 'the body, as it would be sent')
    .option('--headers <file>', 'its headers as a JSON object. Default: FILE.headers.json beside the event')
    .option('--secret <secret>', 'also verify the proof in the headers: - reads the secret from standard input; none')
    .option('--url <address>', 'the address of the endpoint, for a proof that covers it')
    .option('--queue', 'treat it as a message on the queue; the headers are its attributes')
    .option('--answer <file>', 'what the directory of the source would answer, as JSON, or the item of its table')
    .addHelpText('after', '\nExit status: 0 accepted or ignored, 1 refused, 2 could not be tried.')
    .action(tryOne);
}

async function tryOne(options: TryOptions): Promise<void> {
  const { source, event, queue = false } = options;
  const { environment, settings } = trialSource(source, options.environment, options.settings);
  const { body, headers } = readEventFile(event, options.headers);
  const answer = options.answer === undefined ? undefined : readJson(options.answer);
  const input = { source, settings, headers, body, queue, answer };
  const proof = await proofOf(input, options);
  const trial = await tryEvent(environment, input);
  const lines = [...(proof ? [proof.text] : []), describeTrial(trial), ...hintsFor(trial, input)];
  print(proof ? { proof, ...trial } : trial, lines.join('\n'), options);
  if (isRefused(trial) || proof?.proven === false) throw new CommandFailure();
}

/** Undefined if it was not asked for. A secret in an argument would be in the list of processes. */
async function proofOf(input: TrialInput, { secret, url }: TryOptions): Promise<ProofTrial | undefined> {
  if (secret === undefined) return undefined;
  if (secret !== '-' && secret !== 'none') throw new UsageError('--secret takes - or none: no secret in an argument');
  const value = secret === '-' ? (await readInput()).trim() : undefined;
  const headers = Object.fromEntries(Object.entries(input.headers).map(([name, text]) => [name.toLowerCase(), text]));
  const delivery = { headers, body: input.body, method: 'POST', ...(url !== undefined && { url }) };
  return checkProof(input.settings, delivery, value, new Date());
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} must be a file with JSON`);
  }
}
