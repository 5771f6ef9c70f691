/** Maps an event to a request: the first rule that matches defines the program, the holder and the claims. */

import { readLookupRequest, readRequest } from '../../accept/request.ts';
import type { IssuanceRequest } from '../../issuance/identity.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { SourceEvent } from '../envelopes/source-event.ts';
import type { RuleSettings } from '../settings.ts';
import { evaluate, type Surroundings } from './evaluate.ts';
import { readOrder } from './read-order.ts';
import { readTime } from './read-time.ts';
import { type RequestPart, requestParts } from './request-parts.ts';
import { RuleTime } from './rule-time.ts';
import { surroundingsOf } from './surroundings.ts';

/** An event with the information that came with it. */
export interface Arrival {
  source: string;
  event: SourceEvent;
  /** `$headers` of a rule, names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The idempotency key if the rule does not define one. */
  messageId: string;
}

/** The request that a rule made of an event. */
export interface Mapped {
  rule: string;
  request: IssuanceRequest;
}

/**
 * Undefined if no rule matches this event. Throws `rule-failed`, or any code with which a request can be refused; the detail
 * names the rule and never repeats the event.
 */
export async function applyRules(
  rules: readonly RuleSettings[],
  arrival: Arrival,
  now: Date,
): Promise<Mapped | undefined> {
  const { event, headers, messageId } = arrival;
  const surroundings = surroundingsOf(event, headers, new RuleTime(), { messageId });
  for (const rule of rules) {
    if (await matches(rule, surroundings))
      return { rule: rule.name, request: await ask(rule, surroundings, arrival, now) };
  }
  return undefined;
}

async function matches({ name, when }: RuleSettings, surroundings: Surroundings): Promise<boolean> {
  if (when === undefined) return true;
  const value = await resultOf(name, 'when', when, surroundings);
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw ruleFailed(name, 'when must give true or false');
}

/** What a part is when the rule leaves it out. */
const otherwise: Readonly<Partial<Record<RequestPart, (arrival: Arrival) => unknown>>> = {
  occurredAt: ({ event: { time } }) => time && (readTime(time) ?? time),
  idempotencyKey: ({ messageId }) => messageId,
};

async function ask(
  rule: RuleSettings,
  surroundings: Surroundings,
  arrival: Arrival,
  now: Date,
): Promise<IssuanceRequest> {
  const values: Partial<Record<RequestPart, unknown>> = {};
  for (const part of requestParts) {
    const text = rule[part];
    let value: unknown;
    if (text === undefined) value = otherwise[part]?.(arrival);
    else if (part === 'order') value = await resultOf(rule.name, part, text, surroundings);
    else value = await found(rule.name, part, text, surroundings);
    if (value !== undefined) values[part] = value;
  }
  const { idempotencyKey, order: given, ...body } = values;
  const order = readOrder(given);
  if (order === 'invalid') throw ruleFailed(rule.name, 'order must be a whole number');
  if (body.occurredAt === undefined)
    throw ruleFailed(
      rule.name,
      'occurredAt is not set, and the event’s envelope has no time: add occurredAt to the rule',
    );
  if (typeof idempotencyKey !== 'string') throw ruleFailed(rule.name, 'idempotencyKey must be a string');
  try {
    const read = rule.lookup === undefined ? readRequest : readLookupRequest;
    const request = read(body, arrival.source, idempotencyKey, now);
    return order === undefined ? request : { ...request, order };
  } catch (error) {
    throw nameRule(error, rule.name);
  }
}

async function found(rule: string, part: RequestPart, text: string, surroundings: Surroundings): Promise<unknown> {
  const value = await resultOf(rule, part, text, surroundings);
  if (value === undefined) throw ruleFailed(rule, `${part} finds nothing in the event`);
  return value;
}

async function resultOf(rule: string, part: string, text: string, surroundings: Surroundings): Promise<unknown> {
  const result = await evaluate(text, surroundings);
  if ('failure' in result) throw ruleFailed(rule, `${part}: ${result.failure}`);
  return result.value;
}

function ruleFailed(rule: string, reason: string): IssuanceError {
  return new IssuanceError('rule-failed', { detail: `rule ${rule}: ${reason}` });
}

/** The same refusal with the rule's name in its detail. */
export function nameRule(error: unknown, rule: string): unknown {
  if (!(error instanceof IssuanceError) || error.kind !== 'invalid' || error.code === 'service-unavailable')
    return error;
  const { code, detail } = error;
  return new IssuanceError(code, { detail: detail === undefined ? `rule ${rule}` : `rule ${rule}: ${detail}` });
}
