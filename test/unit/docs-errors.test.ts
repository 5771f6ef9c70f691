/** docs/errors.md is generated: it must say what the table of error codes says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes } from '../../lib/issuance/error-codes.ts';
import { errorsDocument, errorsFile } from '../../tools/errors-document.ts';

test('docs/errors.md is up to date; npm run errors writes it', () => {
  expect(readFileSync(errorsFile, 'utf8')).toBe(errorsDocument());
});

test('every code has a section of its own', () => {
  const headings = errorsDocument()
    .split('\n')
    .flatMap((line) => (line.startsWith('### ') ? line.slice(4) : []));
  expect(headings.toSorted()).toEqual(Object.keys(errorCodes).toSorted());
});
