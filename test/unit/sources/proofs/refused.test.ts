/** Deliveries that carry a right signature or token, and are refused all the same. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../../../lib/sources/proofs/schemes.ts';
import { plainEvent } from '../../../fakes/deliveries.ts';
import { proverOf } from '../../../fakes/signers/prover.ts';
import type { Signer } from '../../../fakes/signers/signer.ts';
import { signers } from '../../../fakes/signers/signers.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const unproven = { proven: false, why: 'unproven' };

/** The result for a good delivery after these changes. */
async function resultOf(name: string, change: (good: Delivery) => Delivery) {
  const signer = signers.find((one) => one.name === name) as Signer;
  const key = signer.newKey();
  return proverOf(signer, [key])(change(await signer.send(plainEvent, key, now)), now);
}

const withBody = (change: (event: Record<string, unknown>) => object) => (good: Delivery) => ({
  ...good,
  body: Buffer.from(JSON.stringify(change(JSON.parse(good.body.toString())))),
});

test('a header with two times is ambiguous', async () => {
  const header = (text: (good: string) => string) => (good: Delivery) => ({
    ...good,
    headers: { ...good.headers, 'stripe-signature': text(good.headers['stripe-signature'] ?? '') },
  });
  expect(
    await resultOf(
      'stripe',
      header((good) => good),
    ),
  ).toMatchObject({ proven: true });
  expect(
    await resultOf(
      'stripe',
      header((good) => `${good},t=1`),
    ),
  ).toEqual(unproven);
});

describe('a signature in the body', () => {
  test('covers one notification, and not a second one beside it', async () => {
    const twice = withBody(({ notificationItems, ...rest }) => ({
      ...rest,
      notificationItems: [...(notificationItems as object[]), ...(notificationItems as object[])],
    }));
    expect(await resultOf('adyen', twice)).toEqual(unproven);
  });

  test.each([
    [63 * 1024, true],
    [66 * 1024, false],
  ])('in a body of about %i bytes', async (bytes, proven) => {
    const padded = withBody((event) => ({ ...event, more: 'a'.repeat(bytes - 1000) }));
    expect((await resultOf('adyen', padded)).proven).toBe(proven);
  });

  test.each([
    ['1,900 more values', Array.from({ length: 1900 }, () => 0), true],
    ['2,000 more values', Array.from({ length: 2000 }, () => 0), false],
    ['14 more levels', JSON.parse(`${'['.repeat(14)}${']'.repeat(14)}`), true],
    ['16 more levels', JSON.parse(`${'['.repeat(16)}${']'.repeat(16)}`), false],
  ])('in a body with %s', async (_, more, proven) => {
    expect(
      (
        await resultOf(
          'adyen',
          withBody((event) => ({ ...event, more })),
        )
      ).proven,
    ).toBe(proven);
  });

  test.each([
    ['signature', [7, {}, [], ['x', 7], '', 'x'.repeat(5000)]],
    ['token', [{}, [], null, true]],
    ['timestamp', [{}, [], null, '', 'now', -1]],
  ])('with a %s that is none', async (member, values) => {
    for (const value of values) {
      const odd = withBody((event) => ({
        ...event,
        signature: { ...(event['signature'] as object), [member]: value },
      }));
      expect(await resultOf('mailgun', odd)).toEqual(unproven);
    }
  });
});

test.each(['', 'short', 'a'.repeat(15), `${'a'.repeat(20)} b`, 'a'.repeat(513), `é${'a'.repeat(20)}`])(
  'the token %j is never accepted',
  async (token) => {
    const { proof } = schemeOf({ scheme: 'path-token' });
    const key = createHash('sha256').update(token).digest();
    expect(await proof({ headers: {}, body: Buffer.from('{}'), pathToken: token }, [key], now)).toEqual(unproven);
  },
);
