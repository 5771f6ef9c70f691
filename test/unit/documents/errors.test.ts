/** docs/errors.md has a section for every error code. */
import { expect, test } from 'vitest';
import { errorCodes } from '../../../lib/issuance/error-codes.ts';
import { errorsDocument } from '../../../tools/documents/errors.ts';

test('every code has a section of its own', () => {
  const headings = errorsDocument()
    .split('\n')
    .flatMap((line) => (line.startsWith('### ') ? line.slice(4) : []));
  expect(headings.toSorted()).toEqual(Object.keys(errorCodes).toSorted());
});
