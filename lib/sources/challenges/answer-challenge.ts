/** Answers a sender's challenge as the settings of its source say. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { bodyValues, type ReadValue } from '../proofs/body-values.ts';
import type { Delivery } from '../proofs/proof.ts';
import { customChallenge } from './presets.ts';
import type { ChallengeSettings, CustomChallenge, Place } from './settings.ts';

/** The answer to a challenge, always with status 200. */
export interface ChallengeAnswer {
  contentType?: 'text/plain' | 'application/json';
  body?: string;
  headers: Record<string, string>;
}

/** Printable, and nothing that a browser could take for markup. */
const usableValue = /^[\w .,:;/+=~@!?()[\]-]{1,512}$/;
/** A signed value must be no event and no part of a signed string. */
const signableValue = /^[\w+/=-]{1,128}$/;

/**
 * Undefined if the request is no challenge, or not one of this sender. `provingKey` is the secret that has proven the request; a
 * POST must have been proven before.
 */
export async function answerChallenge(
  settings: ChallengeSettings,
  delivery: Delivery,
  provingKey: () => Promise<Buffer | undefined> = async () => undefined,
): Promise<ChallengeAnswer | undefined> {
  if (settings.kind === 'cloud-events') return allowOrigin(settings, delivery);
  const challenge = customChallenge(settings);
  const method = delivery.method === 'HEAD' ? 'GET' : delivery.method;
  if (challenge === undefined || challenge.method !== method) return undefined;
  const read = bodyValues(delivery, true);
  for (const { at, ...wanted } of challenge.when) {
    if (!isWanted(await valueAt(at, delivery, read), wanted)) return undefined;
  }
  const value = await valueAt(challenge.value, delivery, read);
  if (value === undefined || !usableValue.test(value)) return undefined;
  const signed = await sign(value, challenge, provingKey);
  return signed === undefined ? undefined : fill(challenge, { '{value}': value, '{hmac}': signed });
}

/** Abuse protection of CloudEvents, https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#4-abuse-protection. */
function allowOrigin(
  { origins, ratePerMinute = 120 }: ChallengeSettings & { kind: 'cloud-events' },
  { method, headers }: Delivery,
): ChallengeAnswer | undefined {
  const origin = headers['webhook-request-origin'];
  if (method !== 'OPTIONS' || origin === undefined || !origins.includes(origin)) return undefined;
  return {
    headers: { allow: 'POST', 'webhook-allowed-origin': origin, 'webhook-allowed-rate': String(ratePerMinute) },
  };
}

async function valueAt(at: Place, { headers, query = {} }: Delivery, read: ReadValue): Promise<string | undefined> {
  const value = 'body' in at ? await read(at.body) : 'header' in at ? headers[at.header] : query[at.query];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function isWanted(
  value: string | undefined,
  { equals, sha256 }: { equals?: string | undefined; sha256?: string | undefined },
) {
  if (value === undefined || (equals !== undefined && value !== equals)) return false;
  if (sha256 === undefined) return true;
  return timingSafeEqual(createHash('sha256').update(value).digest(), Buffer.from(sha256, 'hex'));
}

/** Empty if nothing has to be signed; undefined if it cannot be. */
async function sign(value: string, { hmac }: CustomChallenge, provingKey: () => Promise<Buffer | undefined>) {
  if (hmac === undefined) return '';
  const key = signableValue.test(value) ? await provingKey() : undefined;
  return key && createHmac(hmac.algorithm, key).update(value).digest(hmac.encoding);
}

function fill({ answer }: CustomChallenge, texts: Readonly<Record<string, string>>): ChallengeAnswer {
  const filled = (template: string) => template.replace(/\{(?:value|hmac)\}/g, (name) => texts[name] ?? '');
  if ('text' in answer) return { contentType: 'text/plain', body: filled(answer.text), headers: {} };
  const members = Object.entries(answer.json).map(([name, template]) => [name, filled(template)]);
  return { contentType: 'application/json', body: JSON.stringify(Object.fromEntries(members)), headers: {} };
}
