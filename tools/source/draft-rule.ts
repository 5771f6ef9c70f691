/** Drafts the first rule of a source from an example event, and says what was guessed. */
import type { Program } from '../../lib/issuance/program.ts';
import type { Arrival } from '../../lib/sources/rules/apply-rules.ts';
import type { RuleSettings } from '../../lib/sources/settings.ts';
import { literal, quoted, valuesIn, wordsOf } from './event-values.ts';
import { type ClaimsSchema, guessClaims } from './guess-claims.ts';
import { guessHolder } from './guess-holder.ts';
import { guessTime, timeExpression } from './guess-time.ts';
import { guessType } from './guess-type.ts';

/** What a person has decided; the rest is guessed. */
export interface RuleWish {
  rule?: string;
  when?: string;
  holder?: string;
  occurredAt?: string;
  idempotencyKey?: string;
  claims: Readonly<Record<string, string>>;
}

export interface Draft {
  rule: RuleSettings;
  /** Parts that were guessed, with their expressions. */
  guessed: { part: string; expression: string }[];
  /** What could not be guessed, with the option that sets it. */
  open: OpenPart[];
}

/** A part that could not be guessed. */
export interface OpenPart {
  part: string;
  option: string;
  required: boolean;
  /** What the schema wants of a claim. */
  wants?: string;
}

/** `hasSignedId` tells whether the proof covers an id of the message. */
export interface DraftInput {
  arrival: Arrival;
  program: Program;
  schema: ClaimsSchema;
  hasSignedId: boolean;
  wish: RuleWish;
}

/** The expression of a holder that nobody knows yet: it finds nothing. */
const nothing = 'holder';

export async function draftRule(input: DraftInput): Promise<Draft> {
  const { arrival, program, schema, wish } = input;
  const { event, headers } = arrival;
  const values = valuesIn(event.data);
  const type = guessType(event, headers);
  const time = guessTime(values);
  const claims = await guessClaims(schema, values, time, wish.claims);
  const guessed: Partial<Record<keyof RuleSettings, string | undefined>> = {
    when: type?.when,
    holder: guessHolder(values, program)?.expression,
    occurredAt: event.time === undefined && time !== undefined ? timeExpression(time) : undefined,
    idempotencyKey: guessKey(input),
  };
  const part = (name: 'when' | 'occurredAt' | 'idempotencyKey') => {
    const expression = wish[name] ?? guessed[name];
    return expression === undefined ? {} : { [name]: expression };
  };
  const rule: RuleSettings = {
    name: wish.rule ?? nameOf(type?.kind),
    ...part('when'),
    program: `'${program.name}'`,
    holder: wish.holder ?? guessed.holder ?? nothing,
    claims: objectOf(claims.found),
    ...part('occurredAt'),
    ...part('idempotencyKey'),
  };
  return { rule, ...account(input, guessed, claims) };
}

/** What was guessed, and what could not be. */
function account(
  { arrival, schema, wish }: DraftInput,
  guessed: Partial<Record<keyof RuleSettings, string | undefined>>,
  claims: { found: Record<string, string>; unknown: string[] },
): Omit<Draft, 'rule'> {
  const parts = Object.entries(guessed).flatMap(([part, expression]) =>
    expression === undefined || wish[part as keyof RuleWish] !== undefined ? [] : [{ part, expression }],
  );
  const ofClaims = Object.entries(claims.found)
    .filter(([claim]) => wish.claims[claim] === undefined)
    .map(([claim, expression]) => ({ part: `claims.${claim}`, expression }));
  const open = (['when', 'holder', 'occurredAt'] as const)
    .filter((part) => wish[part] === undefined && guessed[part] === undefined)
    .filter((part) => part !== 'occurredAt' || arrival.event.time === undefined)
    .map((part) => ({ part, option: optionOf(part), required: part !== 'when' }));
  const openClaims = claims.unknown.map((claim) => ({
    part: `claims.${claim}`,
    option: `--claim ${claim}=…`,
    required: requiredIn(schema).includes(claim),
    wants: wantedBy((schema['properties'] as Record<string, unknown> | undefined)?.[claim]),
  }));
  return { guessed: [...parts, ...ofClaims], open: [...open, ...openClaims] };
}

/** The main keywords of a claim's schema, in words. */
function wantedBy(schema: unknown): string {
  const { type = 'any value', format, enum: values } = (schema ?? {}) as Record<string, unknown>;
  if (Array.isArray(values)) return `one of ${values.map(String).join(', ')}`;
  return [type, format].flat().filter(Boolean).join(', ');
}

function requiredIn(schema: ClaimsSchema): readonly unknown[] {
  return Array.isArray(schema['required']) ? schema['required'] : [];
}

function optionOf(part: string): string {
  return `--${part.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} …`;
}

/** Ids that name an event, and not the thing that it is about. */
const eventIds = ['event_id', 'eventId', 'webhook_id', 'webhookId', 'delivery_id', 'notification_id', 'message_id'];

/** Undefined if the default is better: an id that the proof covers, the envelope’s id, or a hash of the body. */
function guessKey({ arrival: { event }, hasSignedId }: DraftInput): string | undefined {
  if (hasSignedId || event.id !== undefined) return undefined;
  const name = eventIds.find((one) => typeof event.data[one] === 'string');
  return name && quoted(name);
}

function nameOf(kind: string | undefined): string {
  const name = wordsOf(kind ?? '')
    .join('-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40);
  return name === '' ? 'every-event' : name;
}

function objectOf(expressions: Readonly<Record<string, string>>): string {
  const members = Object.entries(expressions).map(([claim, expression]) => `${literal(claim)}: ${expression}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
