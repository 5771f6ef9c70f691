/**
 * The package that checks claims against a schema, loaded with the first claims: most containers of the worker never see
 * any, and it lies beside the bundle like JSONata.
 */
import type { Validator } from '@cfworker/json-schema';

export async function loadValidator(): Promise<typeof Validator> {
  return (await import('@cfworker/json-schema')).Validator;
}
