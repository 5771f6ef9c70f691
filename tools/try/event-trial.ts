/** Tries an event: the same steps as in the back end, without proof, store and queue. */
import { maxDeliveryBytes } from '../../lib/accept/json-limits.ts';
import { checkCharset } from '../../lib/accept/media-type.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { describeCode } from '../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import { readMessage } from '../../lib/sources/deliveries/read-message.ts';
import { readWebhook } from '../../lib/sources/deliveries/read-webhook.ts';
import { type NamedEvent, type ProvenDelivery, splitEvents, wholeEvent } from '../../lib/sources/deliveries/split.ts';
import { textOfBytes } from '../../lib/sources/envelopes/parse-event.ts';
import type { Delivery } from '../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import { type Arrival, applyRules, nameRule } from '../../lib/sources/rules/apply-rules.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import { type TriedLookup, tryLookup } from './lookup-trial.ts';

export interface TrialInput {
  source: string;
  settings: SourceSettings;
  /** Headers as they would be sent, names in any case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Whether the event is a message on the queue, whose attributes are the headers. */
  queue: boolean;
  /** What the source's directory would answer, or the item of its table; undefined if that is not given. */
  answer?: unknown;
}

/** The result for one event, in the form of the files *.expected.json. */
export type EventTrial =
  | {
      outcome: 'accepted';
      rule: string;
      idempotencyKey: string;
      program: string;
      /** Undefined if it is looked up, and no answer is given. */
      holder?: string;
      lookup?: TriedLookup;
      occurredAt: string;
      claims: unknown;
    }
  | { outcome: 'ignored'; asked: string[] }
  | { outcome: 'refused'; code: string; title: string; detail?: string; advice: string };

/** The result for a delivery: that of its event, or of each event that `split` finds. */
export type Trial = EventTrial | { outcome: 'split'; events: EventTrial[] };

export async function tryEvent(environment: Environment, input: TrialInput): Promise<Trial> {
  const { settings } = input;
  return refusable(async () => {
    const events: EventTrial[] = [];
    for (const read of await arrivalsOf(input)) {
      events.push(await refusable(async () => map(environment, settings, read(), input.answer)));
    }
    const [only] = events;
    return settings.split === undefined && only !== undefined ? only : { outcome: 'split' as const, events };
  });
}

/**
 * The events of a delivery as the rules receive them, each still to be read: one that is unusable does not affect the others.
 * Throws IssuanceError.
 */
export async function arrivalsOf(input: TrialInput): Promise<(() => Arrival)[]> {
  const delivery = await read(input);
  const { source, headers, settings } = delivery;
  const arrive = ({ event, name }: NamedEvent): Arrival => ({ source, event, headers, messageId: name });
  if (settings.split === undefined) return [() => arrive(wholeEvent(delivery))];
  return (await splitEvents(settings.split, delivery)).map((event) => () => arrive(event()));
}

async function refusable<Result>(run: () => Promise<Result>): Promise<Result | (EventTrial & { outcome: 'refused' })> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error;
    const { title, advice } = describeCode(error.code);
    return { outcome: 'refused', code: error.code, title, ...(error.detail && { detail: error.detail }), advice };
  }
}

/** The checks of the endpoint, or of the worker for a message. */
async function read({ source, settings, body, queue, ...input }: TrialInput): Promise<ProvenDelivery> {
  const given = Object.entries(input.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (body.length > maxDeliveryBytes) throw new IssuanceError('request-too-large');
  if (queue)
    return readMessage({ body: textOfBytes(body), attributes: Object.fromEntries(given) }, { source, settings });
  const headers: Record<string, string> = { 'content-type': 'application/json', ...Object.fromEntries(given) };
  checkCharset(headers['content-type']);
  const content = readWebhook({ headers, body }, settings);
  return { source, settings, headers, content, body, messageId: await signedId(settings, { headers, body }) };
}

async function map(
  environment: Environment,
  settings: SourceSettings,
  arrival: Arrival,
  answer: unknown,
): Promise<EventTrial> {
  const { rules } = settings;
  const mapped = await applyRules(rules, arrival, new Date());
  if (mapped === undefined) return { outcome: 'ignored', asked: rules.map((rule) => rule.name) };
  const { idempotencyKey, program, occurredAt, claims } = mapped.request;
  const found = catalogOf(environment).find(program);
  if (found === undefined) throw new IssuanceError('program-unknown');
  try {
    const lookup = await tryLookup(mapped.request.lookup, settings.lookup, answer);
    const named = mapped.request.holder ?? lookup?.found;
    const holder = named === undefined ? {} : { holder: found.canonicalHolder(named) };
    await found.checkClaims(claims);
    const tried = lookup && { lookup: lookup.tried };
    return { outcome: 'accepted', rule: mapped.rule, idempotencyKey, program, ...holder, ...tried, occurredAt, claims };
  } catch (error) {
    throw nameRule(error, mapped.rule);
  }
}

/** The id that the proof of this source would cover. */
export async function signedId({ proof }: SourceSettings, delivery: Delivery): Promise<string | undefined> {
  return proof && schemeOf(proof).coveredId(delivery);
}
