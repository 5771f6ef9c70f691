/** Validates claims strictly against the attribute schema of a credential template. */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { isObject } from './json-fields.ts';

/** The problem of the claims, in one sentence that names the attribute, or null. */
export type ClaimsCheck = (claims: unknown) => string | null;

function attributeName(location: string): string {
  return ['claims', ...location.split('/').slice(1).map(decodeURIComponent)].join('.');
}

/** The validator lists outer errors before the inner ones that caused them; the last is the closest to the attribute. */
function describe(errors: readonly OutputUnit[]): string {
  const unknown = errors.find(({ keyword }) => keyword === 'false');
  if (unknown !== undefined) return `${attributeName(unknown.instanceLocation)} is not an attribute of the template`;
  const last = errors.at(-1);
  return last === undefined ? 'claims are invalid' : `${attributeName(last.instanceLocation)}: ${last.error}`;
}

/** Creates the check for one template; attributes that are not in the schema are refused, unless it allows them. */
export function createClaimsCheck(schema: Readonly<Record<string, unknown>>): ClaimsCheck {
  const validator = new Validator({ additionalProperties: false, ...schema } as Schema, '2020-12', false);
  return (claims) => {
    if (!isObject(claims)) return 'claims must be an object';
    const { valid, errors } = validator.validate(claims);
    return valid ? null : describe(errors);
  };
}
