/** Reads JSON request bodies field by field and names the field that is wrong. */
import type { SandboxRequest } from '../kit/operation.ts';
import { parseJson } from '../kit/read-body.ts';
import { Refusal } from '../kit/refusal.ts';

/** The members of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether the value is an object, and neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body's members; throws a Refusal (400, 413 or 415). */
export function fieldsOf(request: SandboxRequest): Fields {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refusal(415, 'content-type must be application/json');
  if (request.oversized) throw new Refusal(413, 'the body is too large');
  const body = parseJson(request.body);
  if (isObject(body)) return body;
  throw new Refusal(400, 'the body must be a JSON object');
}

/** A non-empty string of at most 255 characters; throws a Refusal (400). */
export function textField(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '' && value.length <= 255) return value;
  throw new Refusal(400, `${name} must be a string of 1 to 255 characters`);
}
