/** Documents that are generated from the code are what the code says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openapiDocument, unnamedCodes } from '../../../tools/documents/openapi/document.ts';
import { documents } from '../../../tools/documents.ts';

const root = join(import.meta.dirname, '../../..');

test.each(Object.entries(documents))('%s is what npm run docs writes', async (path, make) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(await make());
});

test('every code a caller can be refused with is in the OpenAPI document, with an example', () => {
  expect(unnamedCodes(openapiDocument())).toEqual([]);
});
