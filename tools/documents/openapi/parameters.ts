/** Parameters of the operations; path parameters are read from the table of routes. */
import type { ZodOpenApiParameterObject } from 'zod-openapi';
import { parametersOf, type Route } from '../../../lib/config/routes.ts';
import { statuses } from '../../../lib/issuance/status.ts';

export const idempotencyKey: ZodOpenApiParameterObject = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  description: 'The same each time this event is sent: 1 to 255 printable ASCII characters',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

export const listParameters: ZodOpenApiParameterObject[] = [
  { in: 'query', name: 'status', required: true, schema: { type: 'string', enum: [...statuses] } },
  { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
  { in: 'query', name: 'cursor', description: 'The `next` of the previous page', schema: { type: 'string' } },
];

export function pathParameters(route: Route): ZodOpenApiParameterObject[] {
  return parametersOf(route).map((name) => ({ in: 'path', name, required: true, schema: { type: 'string' } }));
}
