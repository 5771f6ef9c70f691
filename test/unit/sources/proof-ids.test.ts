/** The id of a message that a proof covers becomes its idempotency key; one that the proof does not cover never does. */
import { expect, test } from 'vitest';
import { schemeOf } from '../../../lib/sources/proofs/schemes.ts';
import { senders } from '../../fakes/senders.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const messageId = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';
const covered: Readonly<Record<string, string>> = {
  'standard-webhooks': messageId,
  'standard-webhooks (Svix)': messageId,
  stripe: 'evt_1',
  'hmac (sha512, time, id)': messageId,
};

test.each(senders.map((sender) => [sender.scheme, sender] as const))('%s', async (scheme, sender) => {
  const body = '{"id":"evt_1","tier":"Gold"}';
  const secret = sender.newSecret();
  const { readKey, proof } = schemeOf(sender.proof);
  const key = readKey?.(sender.kept(secret));
  if (key === undefined || 'unusable' in key) throw new Error('The secret makes no key');
  const headers = await sender.sign(body, secret, now);
  const id = covered[scheme];
  const proven = { proven: true, ...(id !== undefined && { id }) };
  expect(await proof({ headers, body: Buffer.from(body) }, [key.key], now)).toEqual(proven);
});

test('stripe: a body without an id has none', async () => {
  const sender = senders.find(({ scheme }) => scheme === 'stripe');
  if (sender === undefined) throw new Error('no such sender');
  const secret = sender.newSecret();
  for (const body of ['{"id":7}', '{}', 'null', 'text']) {
    const headers = await sender.sign(body, secret, now);
    const { proof } = schemeOf(sender.proof);
    expect(await proof({ headers, body: Buffer.from(body) }, [Buffer.from(secret)], now)).toEqual({ proven: true });
  }
});
