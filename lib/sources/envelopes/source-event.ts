/** An event of a source, out of whatever it was wrapped in. */
import { eventLimits, reservedNames, walkJson } from '../../accept/json-limits.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { functionMarks } from '../rules/function-marks.ts';
import { parseEvent } from './parse-event.ts';

export type JsonObject = Record<string, unknown>;

export interface SourceEvent {
  /** What happened, in the source's own words: `$` of a rule. */
  data: JsonObject;
  /** What the envelope says of it, such as id, type, source and time: `$event` of a rule. */
  attributes: Readonly<Record<string, unknown>>;
  /** Id of the envelope, where the body carries it. */
  id?: string;
  /** When it happened, by the envelope. */
  time?: string;
}

/** An event is one JSON object within these limits. Throws `request-invalid`. */
export function readObject(value: unknown, what = 'the event'): JsonObject {
  if (!isObject(value)) throw invalid(`${what} must be an object`);
  walkJson(value, eventLimits, {
    name(name) {
      if (reservedNames.has(name) || functionMarks.includes(name)) throw invalid('a member has a reserved name');
    },
    scalar: () => undefined,
    beyond() {
      const { levels, values } = eventLimits;
      throw invalid(`${what} must not nest more than ${levels} levels deep or hold more than ${values} values`);
    },
  });
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON text inside an envelope. Throws `request-invalid`. */
export function readObjectFrom(text: string, what: string): JsonObject {
  let value: unknown;
  try {
    value = parseEvent(text);
  } catch {
    throw invalid(`${what} must be JSON`);
  }
  return readObject(value, what);
}

export function invalid(detail: string): IssuanceError {
  return new IssuanceError('request-invalid', { detail });
}

/** A text member, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
