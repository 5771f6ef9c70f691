/** Parameters of the operations; path parameters are read from the table of routes. */
import * as z from 'zod/mini';
import type { oas31 } from 'zod-openapi';
import { mostPerPage } from '../../../functions/trigger/list-query.ts';
import { idempotencyKey as keyPattern } from '../../../lib/accept/request.ts';
import { parametersOf, type Route } from '../../../lib/config/routes.ts';
import { viewParts } from '../../../lib/issuance/view.ts';
import { sourceName } from '../../../lib/sources/settings.ts';

const text = { type: 'string' } as const;

export const idempotencyKey: oas31.ParameterObject = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  description:
    'The same each time this event is sent, such as the event’s own id: 1 to 255 printable ASCII characters. The same key with the same body gives the same issuance, permanently.',
  schema: { ...text, minLength: 1, maxLength: 255, pattern: keyPattern.source },
  example: 'kyc-4711',
};

export const ifNoneMatch: oas31.ParameterObject = {
  in: 'header',
  name: 'If-None-Match',
  description: 'The ETag of the document that the caller has',
  schema: text,
};

export const listParameters: oas31.ParameterObject[] = [
  { in: 'query', name: 'status', required: true, schema: { $ref: '#/components/schemas/Status' } },
  { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, maximum: mostPerPage, default: 50 } },
  {
    in: 'query',
    name: 'cursor',
    description: 'The `next` of the previous page',
    schema: { ...text, pattern: '^[\\w-]+$' },
  },
];

/** What is known about a path parameter beyond its name. */
const known: Readonly<Record<string, Partial<oas31.ParameterObject>>> = {
  id: { description: 'The id of the issuance', schema: patternOf(viewParts.id) },
  source: { description: 'The name of a source of the environment’s configuration', schema: patternOf(sourceName) },
};

export function pathParameters(route: Route): oas31.ParameterObject[] {
  return parametersOf(route).map((name) => ({ in: 'path', name, required: true, schema: text, ...known[name] }));
}

function patternOf(schema: z.ZodMiniType): oas31.SchemaObject {
  const { type, pattern } = z.toJSONSchema(schema) as oas31.SchemaObject;
  return { type, pattern } as oas31.SchemaObject;
}
