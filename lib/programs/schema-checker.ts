/**
 * The package that checks claims against a schema, loaded with the first claims: most containers of the worker never check
 * claims. Like JSONata, it is a file beside the bundle.
 */
import type { Validator } from '@cfworker/json-schema';

export async function loadValidator(): Promise<typeof Validator> {
  return (await import('@cfworker/json-schema')).Validator;
}
