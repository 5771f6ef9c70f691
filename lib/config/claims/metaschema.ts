/** Validates a schema against the metaschema of JSON Schema 2020-12. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Path, SchemaProblem } from './schema-nodes.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

/** Errors that only report another error below them. */
const summaries = new Set(['allOf', 'anyOf', 'oneOf', '$dynamicRef', '$ref', 'if']);

/** One problem per place that violates the metaschema. */
export function metaschemaProblems(schema: Readonly<Record<string, unknown>>): SchemaProblem[] {
  // A schema that names another metaschema would be validated against that metaschema.
  const { $schema: _, ...rest } = schema;
  if (ajv.validateSchema(rest) === true) return [];
  const byPlace = Map.groupBy(
    (ajv.errors ?? []).filter(({ keyword }) => !summaries.has(keyword)),
    ({ instancePath }) => instancePath,
  );
  return [...byPlace].map(([place, errors]) => ({
    path: pathOf(place),
    message: [...new Set(errors.map(describe))].join(', or '),
  }));
}

function describe({ keyword, params, message = 'is not valid' }: ErrorObject): string {
  if (keyword === 'enum') return `must be one of ${params['allowedValues'].join(', ')}`;
  if (keyword === 'type') return `must be of type ${String(params['type']).replace(',', ' or ')}`;
  return message.replace('NOT', 'not');
}

/** RFC 6901. */
function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
