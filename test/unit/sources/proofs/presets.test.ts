/** Every scheme and every preset against right, wrong, changed, late and rotated deliveries; prints what came back. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Delivery } from '../../../../lib/sources/proofs/proof.ts';
import { schemeNames } from '../../../../lib/sources/proofs/settings/proof.ts';
import { plainEvent } from '../../../fakes/deliveries.ts';
import { proverOf } from '../../../fakes/signers/prover.ts';
import type { Signer } from '../../../fakes/signers/signer.ts';
import { signers } from '../../../fakes/signers/signers.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const hoursAgo = new Date(now.getTime() - 3 * 3600 * 1000);

/** A text of the body that the proof covers. */
const covered: Readonly<Record<string, string>> = { adyen: 'Gold', braintree: 'bt_payload=e' };

/** The same delivery with one bit of its body flipped, at this text. */
function flippedAt(delivery: Delivery, text: string): Delivery {
  const body = Buffer.from(delivery.body);
  const at = body.indexOf(text);
  if (at < 0) throw new Error(`The body has no ${text}`);
  body.writeUInt8(body.readUInt8(at) ^ 1, at);
  return { ...delivery, body };
}

const results = new Map<string, string[]>();

function note(signer: Signer, result: { proven: true } | { proven: false; why: string }) {
  const row = results.get(signer.name) ?? [];
  results.set(signer.name, row);
  row.push(result.proven ? 'proven' : result.why);
  return result;
}

describe.each(signers.map((signer) => [signer.name, signer] as const))('%s', (_, signer) => {
  const sent = (key: unknown, at = now) => signer.send(plainEvent, key, at);

  test('right', async () => {
    const key = signer.newKey();
    expect(note(signer, await proverOf(signer, [key])(await sent(key), now))).toMatchObject({ proven: true });
  });

  test('wrong secret', async () => {
    const delivery = await sent(signer.newKey());
    expect(note(signer, await proverOf(signer, [signer.newKey()])(delivery, now))).toEqual({
      proven: false,
      why: 'unproven',
    });
  });

  test('rotated secret', async () => {
    const [before, key] = [signer.newKey(), signer.newKey()];
    for (const one of [before, key]) {
      expect(await proverOf(signer, [before, key])(await sent(one), now)).toMatchObject({ proven: true });
    }
    note(signer, { proven: true });
  });

  test.runIf(signer.covers !== 'nothing')('flipped bit', async () => {
    const key = signer.newKey();
    const text = covered[signer.scheme] ?? 'Gold';
    const delivery = flippedAt(await sent(key), text);
    expect(note(signer, await proverOf(signer, [key])(delivery, now)).proven).toBe(false);
  });

  test.runIf(signer.covers === 'part')('a copy with another rest is the same event', async () => {
    const key = signer.newKey();
    const [one, other] = [await sent(key), await signer.send({ ...plainEvent, id: 'evt_2' }, key, now)];
    const first = await proverOf(signer, [key])(one, now);
    expect(first).toMatchObject({ proven: true, id: expect.stringMatching(/^signed:[0-9a-f]{64}$/) });
    if (signer.scheme === 'adyen') expect(await proverOf(signer, [key])(other, now)).toEqual(first);
  });

  test.runIf(signer.timed)('old time', async () => {
    const key = signer.newKey();
    const result = note(signer, await proverOf(signer, [key])(await sent(key, hoursAgo), now));
    expect(result).toMatchObject({ proven: false, why: 'stale' });
  });

  test('nothing of the proof', async () => {
    const key = signer.newKey();
    const { body } = await sent(key);
    const bare = { headers: {}, body: signer.covers === 'body' ? body : Buffer.from(JSON.stringify(plainEvent)) };
    expect(await proverOf(signer, [key])(bare, now)).toEqual({ proven: false, why: 'unproven' });
  });
});

test('every scheme there is has a sender here', () => {
  const shown = new Set<string>(signers.map(({ scheme }) => scheme));
  const elsewhere = ['google-pubsub']; // Its keys are published: published-keys.test.ts.
  expect(schemeNames.filter((name) => !shown.has(name) && !elsewhere.includes(name))).toEqual([]);
});

afterAll(() => {
  const lines = [...results].map(([name, row]) => `${name.padEnd(52)}${row.map((cell) => cell.padEnd(9)).join(' ')}`);
  console.log(
    ['right, wrong secret, rotated secret, flipped bit, old time (as far as there is one)', ...lines].join('\n'),
  );
});
