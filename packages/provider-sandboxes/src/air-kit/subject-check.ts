/** Validates a credential subject strictly against its program's schema, and names the field that does not match. */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';

/** The problem of a subject, in one sentence that names the field, or null. */
export type SubjectCheck = (subject: unknown) => string | null;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The provider supports strings, integers, booleans and objects of them. */
function wrongValue(value: unknown, path: string): string | null {
  if (typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : `${path} must be an integer`;
  if (!isObject(value)) return `${path} must be a string, an integer, a boolean or an object`;
  for (const [name, member] of Object.entries(value)) {
    const wrong = wrongValue(member, `${path}.${name}`);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** Sets `additionalProperties: false` where the schema does not define it: the provider refuses additional fields. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return isObject(schema['properties']) && schema['additionalProperties'] === undefined
    ? { ...copy, additionalProperties: false }
    : copy;
}

function fieldName(location: string): string {
  const members = location.split('/').slice(1);
  const names = members.map((member) => decodeURIComponent(member.replaceAll('~1', '/').replaceAll('~0', '~')));
  return ['credentialSubject', ...names].join('.');
}

/** The validator lists outer errors before the inner ones that caused them; the last is the closest to the field. */
function describe(errors: readonly OutputUnit[]): string {
  const unknown = errors.find(({ keyword }) => keyword === 'false');
  if (unknown !== undefined) return `${fieldName(unknown.instanceLocation)} is not in the program's schema`;
  const last = errors.at(-1);
  return last === undefined ? 'credentialSubject is invalid' : `${fieldName(last.instanceLocation)}: ${last.error}`;
}

/** Creates the check for one program. */
export function createSubjectCheck(schema: Record<string, unknown>): SubjectCheck {
  const validator = new Validator(closed(schema) as Schema, '2020-12', false);
  return (subject) => {
    if (!isObject(subject)) return 'credentialSubject must be an object';
    if (Object.hasOwn(subject, 'id')) return 'credentialSubject.id must not be given';
    const wrong = wrongValue(subject, 'credentialSubject');
    if (wrong !== null) return wrong;
    const { valid, errors } = validator.validate(subject);
    return valid ? null : describe(errors);
  };
}
