/** Guesses which member of an event each claim of a program's schema is. */
import type { ProgramSettings } from '../../lib/config/environment.ts';
import { loadValidator } from '../../lib/programs/schema-checker.ts';
import { readTime } from '../events/time-notation.ts';
import { type EventValue, wordsOf } from './event-values.ts';
import { timeExpression } from './guess-time.ts';

export type ClaimsSchema = ProgramSettings['claims'];

export interface GuessedClaims {
  /** Expressions by claim. */
  found: Record<string, string>;
  /** Claims for which no member was found. */
  unknown: string[];
}

/** Whether the value of an expression fits a claim. */
type Fits = (claim: string, value: unknown) => boolean;

/** `given` are expressions that a person has written; `time` is the time of the event. */
export async function guessClaims(
  schema: ClaimsSchema,
  values: readonly EventValue[],
  time: EventValue | undefined,
  given: Readonly<Record<string, string>>,
): Promise<GuessedClaims> {
  const fits = await fitsIn(schema);
  const guessed: GuessedClaims = { found: {}, unknown: [] };
  for (const claim of Object.keys(schema.properties ?? {})) {
    const expression = given[claim] ?? guess(claim, values, time, fits);
    if (expression === undefined) guessed.unknown.push(claim);
    else guessed.found[claim] = expression;
  }
  return guessed;
}

async function fitsIn(schema: ClaimsSchema): Promise<Fits> {
  const { required: _, ...others } = schema;
  const validator = new (await loadValidator())(others, '2020-12', true);
  return (claim, value) => validator.validate({ [claim]: value }).valid;
}

function guess(
  claim: string,
  values: readonly EventValue[],
  time: EventValue | undefined,
  fits: Fits,
): string | undefined {
  const named = values
    .map((value) => ({ value, score: similarity(claim, value.names) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  const expressions = named.flatMap(({ value }) => formOf(claim, value, fits) ?? []);
  // A claim with a time in its name, and no member of that name: the event’s own time.
  const fallback = time && wordsOf(claim).includes('at') ? formOf(claim, time, fits) : undefined;
  return expressions[0] ?? fallback;
}

/** Words that mark a value of the past, such as in `tier.from` beside `tier.to`. */
const past = new Set(['from', 'old', 'previous', 'prior', 'before', 'former', 'original']);

/** How much a claim and a member have the same name: 0 if they do not. */
function similarity(claim: string, names: readonly string[]): number {
  const likeness = likenessOf(claim, names);
  return likeness > 0 && names.flatMap(wordsOf).some((word) => past.has(word)) ? likeness / 10 : likeness;
}

function likenessOf(claim: string, names: readonly string[]): number {
  const wanted = wordsOf(claim).join(' ');
  const last = wordsOf(names.at(-1) ?? '').join(' ');
  const lastTwo = names.slice(-2).flatMap(wordsOf).join(' ');
  if (last === wanted) return 4;
  if (lastTwo === wanted) return 3;
  if (last.endsWith(` ${wanted}`) || wanted.endsWith(` ${last}`)) return 2;
  return lastTwo.includes(wanted) && wanted.length > 2 ? 1 : 0;
}

/** The value as it is, or converted into what the schema wants. */
function formOf(claim: string, event: EventValue, fits: Fits): string | undefined {
  const { expression, value } = event;
  if (fits(claim, value)) return expression;
  const time = readTime(value);
  const instant = timeExpression(event);
  if (time !== undefined && instant !== undefined) {
    const text = new Date(time.at).toISOString();
    if (fits(claim, text)) return instant;
    if (fits(claim, text.slice(0, 10))) return `$substring(${instant}, 0, 10)`;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isFinite(number) && fits(claim, number)) return `$number(${expression})`;
  if (typeof value !== 'boolean' && Number.isFinite(Number(value)) && fits(claim, Math.floor(Number(value)))) {
    return typeof value === 'number' ? `$floor(${expression})` : `$floor($number(${expression}))`;
  }
  return fits(claim, String(value)) ? `$string(${expression})` : undefined;
}
