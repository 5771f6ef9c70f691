/** The part of JSON Schema that a program may use for its claims, checked before it is deployed. */
import * as z from 'zod/mini';

/** A JSON Schema for an object without additional properties: providers refuse additional fields. */
export const claimsSchema = z.record(z.string(), z.unknown()).check((context) => {
  const schema = context.value;
  const refuse = (path: string, message: string) =>
    context.issues.push({ code: 'custom', path: [path], message, input: undefined });
  if (schema['type'] !== 'object') refuse('type', 'must be "object"');
  if (schema['additionalProperties'] !== false) {
    refuse('additionalProperties', 'must be false: providers refuse claims their schema does not know');
  }
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || Object.keys(properties).length === 0) {
    refuse('properties', 'must name at least one claim');
  }
});
