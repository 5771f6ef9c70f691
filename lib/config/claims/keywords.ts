/** The keywords of JSON Schema 2020-12 that check claims, and why the others are refused. */

type JsonType = 'object' | 'array' | 'number' | 'string';

interface Keyword {
  /** The schemas in its value: one, a list, or an object of schemas. */
  holds?: 'one' | 'list' | 'map';
  /** The only type that it checks; values of other types always pass. */
  about?: JsonType;
  /** Without one of these keywords beside it, it has no effect. */
  needs?: readonly string[];
  /** Whether it applies to the same value as its own schema, and not to a part of that value. */
  inPlace?: boolean;
}

const inPlace = true;
const anything: Keyword = {};
const about = (type: JsonType): Keyword => ({ about: type });

export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...named(['$schema', '$comment', '$ref', 'type', 'const', 'enum'], anything),
  ...named(['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'], anything),
  ['$defs', { holds: 'map' }],
  ...named(['allOf', 'anyOf', 'oneOf'], { holds: 'list', inPlace }),
  ['not', { holds: 'one', inPlace }],
  ['if', { holds: 'one', inPlace, needs: ['then', 'else'] }],
  ...named(['then', 'else'], { holds: 'one', inPlace, needs: ['if'] }),
  ['dependentSchemas', { holds: 'map', inPlace, about: 'object' }],
  ...named(['properties', 'patternProperties'], { holds: 'map', about: 'object' }),
  ...named(['additionalProperties', 'propertyNames', 'unevaluatedProperties'], { holds: 'one', about: 'object' }),
  ['prefixItems', { holds: 'list', about: 'array' }],
  ...named(['items', 'contains', 'unevaluatedItems'], { holds: 'one', about: 'array' }),
  ...named(['minContains', 'maxContains'], { about: 'array', needs: ['contains'] }),
  ...named(['minItems', 'maxItems', 'uniqueItems'], about('array')),
  ...named(['minProperties', 'maxProperties', 'required', 'dependentRequired'], about('object')),
  ...named(['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'], about('number')),
  ...named(['minLength', 'maxLength', 'pattern', 'format'], about('string')),
]);

function named(names: readonly string[], keyword: Keyword): [string, Keyword][] {
  return names.map((name) => [name, keyword]);
}

const unchecked = 'must not be there: nothing is checked by it';
const onePlace = 'must not be there: a schema is referred to by its place, such as #/$defs/name';

/** Keywords of current or earlier JSON Schema that would leave claims unchecked here. */
export const refusedKeywords: ReadonlyMap<string, string> = new Map([
  ...['$id', '$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveAnchor', '$recursiveRef', 'id'].map(
    (name) => [name, onePlace] as const,
  ),
  ...['contentEncoding', 'contentMediaType', 'contentSchema', '$vocabulary'].map((name) => [name, unchecked] as const),
  ['definitions', 'must be $defs in JSON Schema 2020-12'],
  ['dependencies', 'must be dependentRequired or dependentSchemas in JSON Schema 2020-12'],
  ['additionalItems', 'must be items, beside prefixItems, in JSON Schema 2020-12'],
]);

/** The formats of JSON Schema 2020-12 that are checked. */
export const checkedFormats = [
  ...['date', 'time', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uri-reference'],
  ...['uri-template', 'uuid', 'json-pointer', 'relative-json-pointer', 'regex'],
] as const;
