/** Queue messages: our own, requests of other systems, and what is neither. */
import { describe, expect, test } from 'vitest';
import { readEnvelope, writeEnvelope } from '../../../lib/issuance/envelope.ts';
import { endOf } from '../../fakes/end-of.ts';
import { issuanceId } from '../../fakes/issuance-in.ts';

describe('our own message', () => {
  test.each([1, 2, 200])('is read as it was written, also the %i. time', (tries) => {
    expect(readEnvelope(writeEnvelope(issuanceId, tries))).toEqual({ kind: 'issuance', id: issuanceId, tries });
  });

  test.each([{}, { tries: 'many' }])('counts as the first without a count that is a number (%j)', (count) => {
    const text = JSON.stringify({ v: 1, id: issuanceId, ...count });
    expect(readEnvelope(text)).toMatchObject({ tries: 1 });
  });
});

describe('a message of another system', () => {
  test('is a request, with its idempotency key beside it', () => {
    const body = { program: 'kyc', holder: 'ada@example.com' };
    expect(readEnvelope(JSON.stringify({ ...body, idempotencyKey: 'k' }))).toEqual({
      kind: 'request',
      body,
      idempotencyKey: 'k',
    });
    expect(readEnvelope(JSON.stringify({ ...body, idempotencyKey: 7 }))).toMatchObject({ idempotencyKey: undefined });
  });
});

test.each([
  ['request-not-json', 'not JSON'],
  ['request-invalid', '"text"'],
  ['request-invalid', 'null'],
  ['request-invalid', '[]'],
  ['message-version-unknown', `{ "v": 2, "id": "${issuanceId}" }`],
  ['message-version-unknown', '{ "v": 1 }'],
  ['message-version-unknown', '{ "v": 1, "id": 7 }'],
  ['issuance-missing', '{ "v": 1, "id": "other" }'],
])('%s: %s', async (code, text) => {
  expect(await endOf((async () => readEnvelope(text))())).toMatch(new RegExp(`^${code}(:|$)`));
});
