/** Describes the problems of claims in terms of the schema: where, and what is expected, never what was sent. */
import type { OutputUnit } from '@cfworker/json-schema';

/** Keywords that only report an error below them. */
const structural = new Set([
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'allOf',
  'false',
  '$ref',
  'if',
  'then',
  'else',
]);
const mostProblems = 5;

/** One readable line, such as `/kycVerified must be of type boolean`. */
export function describeClaimsProblems(errors: readonly OutputUnit[], schema: unknown): string {
  const leaves = errors.filter(({ keyword }) => !structural.has(keyword));
  const lines = [...new Set(leaves.map((error) => describe(error, schema)))];
  const shown = lines.slice(0, mostProblems).join('; ');
  return lines.length > mostProblems
    ? `${shown}; and ${lines.length - mostProblems} more`
    : shown || 'they do not match';
}

function describe({ instanceLocation, keyword, keywordLocation, error }: OutputUnit, schema: unknown): string {
  const place = placeOf(instanceLocation, keywordLocation);
  // A name that is not in the schema came from the sender and is not repeated.
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    return `${place} has a member the schema does not know`;
  }
  const expected = lookUp(schema, keywordLocation);
  if (keyword === 'required') {
    const name = /"([^"]+)"/.exec(error)?.[1] ?? '';
    return `${place} lacks ${Array.isArray(expected) && expected.includes(name) ? name : 'a required member'}`;
  }
  if (expected === undefined) return `${place} does not match ${keyword}`;
  const text = Array.isArray(expected)
    ? expected.map(String).join(' or ')
    : JSON.stringify(expected).replaceAll('"', '');
  return `${place} must be of ${keyword} ${text.slice(0, 200)}`;
}

/** The place of the invalid value. Names that are not in the schema are omitted; positions in a list are not. */
function placeOf(instanceLocation: string, keywordLocation: string): string {
  const given = new Set(keywordLocation.split('/'));
  const [, ...names] = instanceLocation.split('/');
  const shown = names.map((name) => (given.has(name) || /^\d{1,4}$/.test(name) ? name : '*'));
  return names.length === 0 ? 'the claims object' : `/${shown.join('/')}`;
}

/** The value at a JSON pointer (`#/properties/a/type`), RFC 6901. */
function lookUp(schema: unknown, pointer: string): unknown {
  let value = schema;
  for (const token of pointer.split('/').slice(1)) {
    const name = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
