/** Properties of what a source may ask for, whatever it sends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../lib/accept/request.ts';
import { readEnvelope } from '../../lib/issuance/envelope.ts';
import { rankOf } from '../../lib/issuance/identity.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { canonicalEmail } from '../../lib/providers/air-kit/email.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const good = { program: 'kyc', holder: 'ada@example.com', claims: {}, occurredAt: now.toISOString() };

/** The result, or the refusal; anything else that is thrown fails the property. */
function refusalOf<Result>(action: () => Result): Result | IssuanceError {
  try {
    return action();
  } catch (error) {
    if (error instanceof IssuanceError) return error;
    throw error;
  }
}

const names = fc.oneof(fc.string(), fc.constantFrom(...Object.keys(good), '__proto__', 'constructor', 'v', 'id'));
const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true });
const nearlyGood = fc
  .dictionary(names, fc.oneof(anything, fc.string({ unit: 'binary' })), { maxKeys: 3 })
  .map((changes) => ({ ...good, ...changes }));

describe('the reader of requests', () => {
  test('throws nothing but refusals of kind invalid', () => {
    fc.assert(
      fc.property(fc.oneof(anything, nearlyGood), fc.option(fc.string({ unit: 'binary' })), (body, key) => {
        const result = refusalOf(() => readRequest(body, 'shop', key ?? undefined, now));
        if (result instanceof IssuanceError) expect(result.kind).toBe('invalid');
      }),
      { numRuns: 2000 },
    );
  });

  test('takes every time the past has had, and gives it in one width', () => {
    const times = fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: now, noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.integer({ min: -720, max: 720 }), (time, offset) => {
        const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, -1);
        if (!/^\d{4}-/.test(local)) return;
        const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
        const result = readRequest({ ...good, occurredAt: local + zone }, 'shop', 'key', now);
        expect(result.occurredAt).toBe(time.toISOString());
      }),
    );
  });
});

describe('the reader of queue messages', () => {
  test('throws nothing but refusals, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      nearlyGood.map((value) => String(safeJson(value))),
    );
    fc.assert(
      fc.property(texts, (text) => void refusalOf(() => readEnvelope(text))),
      { numRuns: 2000 },
    );
  });
});

describe('the rank', () => {
  const time = fc
    .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const id = fc.stringMatching(/^iss_[A-Za-z0-9_-]{27}$/);
  const few = <Value>(values: fc.Arbitrary<Value>) =>
    fc.tuple(values, values).chain((pair) => fc.constantFrom(...pair));
  const issuance = fc.record({ occurredAt: few(time), acceptedAt: few(time), id: few(id) });

  test('as text is the order of (occurredAt, acceptedAt, id)', () => {
    const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    fc.assert(
      fc.property(issuance, issuance, fc.integer({ min: 0, max: 3 }), (a, other, shared) => {
        const b = {
          ...other,
          ...(shared > 0 && { occurredAt: a.occurredAt }),
          ...(shared > 1 && { acceptedAt: a.acceptedAt }),
        };
        const expected = order(a.occurredAt, b.occurredAt) || order(a.acceptedAt, b.acceptedAt) || order(a.id, b.id);
        expect(order(rankOf(a), rankOf(b))).toBe(expected);
      }),
    );
  });
});

describe('fault 31: the canonical address', () => {
  // Letters that change their composition with their case.
  const tricky = fc.constantFrom(
    'J\u030c',
    'H\u0331',
    'T\u0308',
    'W\u030a',
    'Y\u030a',
    'İ',
    'ẞ',
    'Σ',
    '\u212a',
    '\u2126',
    'ǅ',
    'é',
    'e\u0301',
  );
  const local = fc.array(fc.oneof(tricky, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), {
    maxLength: 12,
  });
  const domain = fc.oneof(
    fc.domain(),
    fc.constantFrom('BÜCHER.example.com', 'bu\u0308cher.example.com', 'ｅxample。com'),
  );
  const address = fc.oneof(
    fc
      .tuple(
        local.map((parts) => parts.join('')),
        domain,
      )
      .map((parts) => parts.join('@')),
    fc.emailAddress(),
    fc.string({ unit: 'binary' }),
  );

  test('is a refusal, or the canonical form of itself, its upper case and its other Unicode forms', () => {
    fc.assert(
      fc.property(address, (text) => {
        const canonical = refusalOf(() => canonicalEmail(text));
        if (canonical instanceof IssuanceError) {
          expect(canonical.code).toBe('holder-invalid');
          return;
        }
        for (const form of [canonical, text.normalize('NFC'), text.normalize('NFD'), canonical.normalize('NFD')]) {
          expect(canonicalEmail(form)).toBe(canonical);
        }
        expect(canonical).toBe(canonical.normalize('NFC'));
        expect(canonical).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(Buffer.byteLength(canonical)).toBeLessThanOrEqual(254);
      }),
      { numRuns: 5000 },
    );
  });
});

function safeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
