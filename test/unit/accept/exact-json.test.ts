/** Fault 35: numbers that would be rounded are refused at every entrance where the text is still known. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worker } from '../../../functions/worker/handler.ts';
import { isExact, parseExactly } from '../../../lib/accept/exact-json.ts';
import { parseEvent } from '../../../lib/sources/envelopes/parse-event.ts';
import { World } from '../../fakes/world.ts';
import { ask } from '../../integration/gateway-event.ts';

const rounded = [
  '4.99999999999999999999',
  '4.9999999999999999',
  '0.1000000000000000000001',
  '9007199254740993',
  '1e400',
  '-1e400',
  '1e-400',
  '4e-324',
  '1.00000000000000001e5',
  `1${'0'.repeat(200)}1`,
];
const exact = ['0', '-0', '0.0', '0e99999', '1.10', '1e2', '1E+2', '100', '0.1', '0.10000000000000001', '5e-324'];

describe('fault 35: a number', () => {
  test.each(rounded)('%s is not kept exactly', (source) => {
    expect(isExact(Number(source), source)).toBe(false);
    expect(() => parseExactly(`{"a":[${source}]}`)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
    expect(parseEvent(`{"a":[${source}]}`)).toEqual({ a: [source] });
  });

  test.each(exact)('%s is kept exactly', (source) => {
    expect(parseExactly(`[${source}]`)).toEqual([Number(source)]);
    expect(parseEvent(`[${source}]`)).toEqual([Number(source)]);
  });

  test('that a program wrote out is exact, in every width it may have chosen; one more digit is not', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        if (value === 0) return;
        for (const text of [JSON.stringify(value), value.toPrecision(17), value.toExponential()]) {
          expect(isExact(Number(text), text)).toBe(true);
        }
        const [digits = '', power = '0'] = value.toExponential(25).split('e');
        const bent = `${digits.slice(0, -1)}${digits.endsWith('7') ? '3' : '7'}e${power}`;
        expect(isExact(Number(bent), bent)).toBe(false);
      }),
    );
  });

  test('of 60,000 digits is read in time that grows with its length', () => {
    for (const text of [`0.${'0'.repeat(60_000)}1`, '9'.repeat(60_000), `1${'0'.repeat(60_000)}`]) {
      expect(isExact(Number(text), text)).toBe(false);
    }
  });
});

describe('fault 35: 4.99999999999999999999 for 5', () => {
  const request = '{"program":"program-a","holder":"a@example.com","occurredAt":"2026-11-22T08:00:00Z"';
  const claims = '"claims":{"points":4.99999999999999999999}}';

  test('at the API is answered 422', async () => {
    const world = new World();
    const answer = await ask(world, { body: `${request},${claims}` });
    expect(answer).toMatchObject({ status: 422, json: { code: 'request-invalid' } });
    expect(world.store.all()).toEqual([]);
  });

  test('in a message is dead-lettered', async () => {
    const world = new World();
    world.queue.put(`${request},"idempotencyKey":"k-1",${claims}`);
    await worker({ Records: world.queue.receive() }, world.ports());
    expect(world.queue.deadLetters).toMatchObject([{ reason: 'request-invalid' }]);
    expect(world.store.all()).toEqual([]);
  });
});
