/** An event of a source, without its envelopes. */
import { eventLimits, reservedNames, walkJson } from '../../accept/json-limits.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { functionMarks } from '../rules/function-marks.ts';
import { parseEvent } from './parse-event.ts';

export type JsonObject = Record<string, unknown>;

/** What an envelope contains; `Data` is JsonObject for an event, and any JSON for a delivery that is still to be split. */
export interface Unwrapped<Data> {
  /** The content in the source's own format: `$` of a rule. */
  data: Data;
  /** Attributes of the envelope, such as id, type, source and time: `$event` of a rule. */
  attributes: Readonly<Record<string, unknown>>;
  /** Id of the envelope, if the body contains it. */
  id?: string;
  /** Time of the event, from the envelope. */
  time?: string;
}

export type SourceEvent = Unwrapped<JsonObject>;

/** Reads a parsed value as the content of an envelope. Throws `request-invalid`. */
export type ReadData<Data> = (value: unknown, what?: string) => Data;

/** The value as an event: one JSON object within the limits. */
export const readObject: ReadData<JsonObject> = (value, what = 'the event') => {
  if (!isObject(value)) throw invalid(`${what} must be an object`);
  return readJson(value, what) as JsonObject;
};

/** Any JSON value within the limits. */
export const readJson: ReadData<unknown> = (value, what = 'the event') => {
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
};

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON string inside an envelope. Throws `request-invalid`. */
export function readFrom<Data>(text: string, what: string, read: ReadData<Data>): Data {
  let value: unknown;
  try {
    value = parseEvent(text);
  } catch {
    throw invalid(`${what} must be JSON`);
  }
  return read(value, what);
}

export function invalid(detail: string): IssuanceError {
  return new IssuanceError('request-invalid', { detail });
}

/** A member that is a string, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
