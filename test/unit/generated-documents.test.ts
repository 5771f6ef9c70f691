/** Documents that are generated from the code are what the code says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventSchema, eventSchemaFile } from '../../tools/event-schema.ts';
import { openapiDocument, unnamedCodes } from '../../tools/openapi/document.ts';

const openapiFile = join(import.meta.dirname, '../../functions/trigger/openapi.json');

test('the OpenAPI document is what the schemas of the handlers say (npm run openapi writes it)', () => {
  expect(readFileSync(openapiFile, 'utf8')).toBe(openapiDocument());
});

test('every code a caller can be refused with stands there with an example', () => {
  expect(unnamedCodes(openapiDocument())).toEqual([]);
});

test('the schema of the events is what makes them (npm run event-schema writes it)', () => {
  expect(readFileSync(eventSchemaFile, 'utf8')).toBe(eventSchema());
});
