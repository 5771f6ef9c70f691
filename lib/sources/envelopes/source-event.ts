/** An event of a source, out of whatever it was wrapped in. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
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

/** A vendor's event says far more than the claims it leads to; its size is limited by that of the body. */
const deepest = 32;
const mostValues = 10_000;

/** Names that reach beyond an object, and names by which JSONata knows functions: a value with one would pass for one. */
const reservedNames = new Set(['__proto__', 'constructor', 'prototype', '_jsonata_function', '_jsonata_lambda']);

/** An event is one JSON object within these limits. Throws `request-invalid`. */
export function readObject(value: unknown, what = 'the event'): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${what} must be an object`);
  const pending: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  let values = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    values += 1;
    if (values > mostValues || next.depth > deepest) {
      throw invalid(`${what} must not nest more than ${deepest} levels deep or hold more than ${mostValues} values`);
    }
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, member] of Object.entries(next.value)) {
      if (reservedNames.has(name)) throw invalid('a member has a reserved name');
      pending.push({ value: member, depth: next.depth + 1 });
    }
  }
  return value as JsonObject;
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
