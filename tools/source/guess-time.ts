/** Guesses when an event happened, and writes times of senders as RFC 3339. */
import { readTime } from '../events/time-notation.ts';
import { type EventValue, wordsOf } from './event-values.ts';

/** The words in names of times, the most likely first. */
const words = [
  'occurred',
  'happened',
  'timestamp',
  'time',
  'created',
  'processed',
  'completed',
  'at',
  'date',
  'updated',
];

/** Undefined if no member looks like it. */
export function guessTime(values: readonly EventValue[]): EventValue | undefined {
  const rank = ({ names, value }: EventValue) => {
    const found = wordsOf(names.at(-1) ?? '').map((word) => words.indexOf(word.replace(/ms$/, '')));
    const named = found.filter((index) => index >= 0);
    return named.length === 0 || readTime(value) === undefined
      ? undefined
      : names.length * words.length + Math.min(...named);
  };
  const ranked = values.flatMap((value) => {
    const place = rank(value);
    return place === undefined ? [] : [{ value, place }];
  });
  return ranked.sort((one, other) => one.place - other.place)[0]?.value;
}

/** An expression that gives the time as RFC 3339; undefined if the value is not a time. */
export function timeExpression({ expression, value }: EventValue): string | undefined {
  return readTime(value) === undefined ? undefined : `$time(${expression})`;
}
