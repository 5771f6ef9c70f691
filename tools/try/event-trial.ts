/** Tries an event: the same steps as in the back end, without proof, store and queue. */
import type { Environment } from '../../lib/config/environment.ts';
import { describeCode } from '../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import { parseEventBytes } from '../../lib/sources/envelopes/parse-event.ts';
import { unwrapMessage, unwrapWebhook } from '../../lib/sources/envelopes/unwrap.ts';
import { nameEvent } from '../../lib/sources/name-event.ts';
import type { Delivery } from '../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import { applyRules, nameRule } from '../../lib/sources/rules/apply-rules.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';

export interface TrialInput {
  source: string;
  settings: SourceSettings;
  /** Headers as they would be sent, names in any case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Whether the event is a message on the queue, whose attributes are the headers. */
  queue: boolean;
}

/** The result, in the form of the files *.expected.json. */
export type Trial =
  | {
      outcome: 'accepted';
      rule: string;
      idempotencyKey: string;
      program: string;
      holder: string;
      occurredAt: string;
      claims: unknown;
    }
  | { outcome: 'ignored'; asked: string[] }
  | { outcome: 'refused'; code: string; title: string; detail?: string; advice: string };

export async function tryEvent(environment: Environment, input: TrialInput): Promise<Trial> {
  try {
    return await map(environment, input);
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error;
    const { title, advice } = describeCode(error.code);
    return { outcome: 'refused', code: error.code, title, ...(error.detail && { detail: error.detail }), advice };
  }
}

async function map(environment: Environment, { source, settings, body, queue, ...input }: TrialInput): Promise<Trial> {
  const headers = Object.fromEntries(
    Object.entries(input.headers).map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  const json = parseEventBytes(body);
  const event = queue ? unwrapMessage(json) : unwrapWebhook(json, headers);
  const messageId = nameEvent((await signedId(settings, { headers, body })) ?? event.id, body);
  const mapped = await applyRules(settings.rules, { source, event, headers, messageId }, new Date());
  if (mapped === undefined) return { outcome: 'ignored', asked: settings.rules.map(({ name }) => name) };
  const { idempotencyKey, program, occurredAt, claims } = mapped.request;
  const found = catalogOf(environment).find(program);
  if (found === undefined) throw new IssuanceError('program-unknown');
  try {
    const holder = found.canonicalHolder(mapped.request.holder);
    await found.checkClaims(claims);
    return { outcome: 'accepted', rule: mapped.rule, idempotencyKey, program, holder, occurredAt, claims };
  } catch (error) {
    throw nameRule(error, mapped.rule);
  }
}

/** The id that the proof of this source would cover. */
async function signedId({ proof }: SourceSettings, delivery: Delivery): Promise<string | undefined> {
  return proof && schemeOf(proof).coveredId(delivery);
}
