/** Guesses which member says what kind of event it is. */
import type { SourceEvent } from '../../lib/sources/envelopes/source-event.ts';
import { type EventValue, literal, quoted, valuesIn } from './event-values.ts';

export interface GuessedType {
  when: string;
  /** The kind of this event. */
  kind: string;
}

/** The more specific names first. */
const names = [
  'event_type',
  'eventType',
  'event_name',
  'eventName',
  'webhook_type',
  'topic',
  'type',
  'event',
  'action',
];
const header = /^x-.*(topic|event|event-type|event-name)$/;
const kindPattern = /^[A-Za-z][\w .:/-]{1,63}$/;

/** Undefined if no member looks like it. */
export function guessType(
  event: SourceEvent,
  headers: Readonly<Record<string, string | undefined>>,
): GuessedType | undefined {
  const envelope = event.attributes['type'];
  if (typeof envelope === 'string') return { when: `$event.type = ${literal(envelope)}`, kind: envelope };
  const sent = Object.entries(headers).find(([name, value]) => header.test(name) && kindPattern.test(value ?? ''));
  if (sent?.[1] !== undefined) {
    return { when: `$headers.${quoted(sent[0])} = ${literal(sent[1])}`, kind: sent[1] };
  }
  const found = best(valuesIn(event.data));
  return found && { when: `${found.expression} = ${literal(String(found.value))}`, kind: String(found.value) };
}

function best(values: readonly EventValue[]): EventValue | undefined {
  const named = (value: EventValue) => names.indexOf(value.names.at(-1) ?? '');
  const depth = ({ names: { length } }: EventValue) => length;
  return values
    .filter((value) => depth(value) <= 2 && named(value) >= 0)
    .filter(({ value }) => typeof value === 'string' && kindPattern.test(value))
    .sort((one, other) => depth(one) - depth(other) || named(one) - named(other))[0];
}
