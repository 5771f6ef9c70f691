/** An event of a source, out of whatever it was wrapped in. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { checkShape } from '../../issuance/request.ts';

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

/** Names by which JSONata knows its own functions; a value that has one would pass for a function. */
const namesOfFunctions = ['_jsonata_function', '_jsonata_lambda'];

/** An event is one JSON object within the limits of a request. Throws `request-invalid` or `request-too-deep`. */
export function readObject(value: unknown, what = 'the event'): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${what} must be an object`);
  checkShape(value);
  if (hasFunctionName(value)) throw invalid('a member has a reserved name');
  return value as JsonObject;
}

/** Runs after checkShape, so it can't run deep. */
function hasFunctionName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (namesOfFunctions.some((name) => Object.hasOwn(value, name))) return true;
  return Object.values(value).some(hasFunctionName);
}

/** JSON text inside an envelope. Throws as readObject does. */
export function readObjectFrom(text: string, what: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
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
