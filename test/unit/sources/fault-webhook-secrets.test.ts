/** Fault 62: a secret that is not what its scheme says never becomes an empty key, and the operator is told which it is. */
import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { schemeOf } from '../../../lib/sources/proofs/schemes.ts';
import { addressedPresets, plainPresets } from '../../../lib/sources/proofs/settings/preset-names.ts';
import type { ProofSettings } from '../../../lib/sources/proofs/settings/proof.ts';
import { deliver, plainEvent, sourceWith } from '../../fakes/deliveries.ts';
import { type Sender, senderOf, senders } from '../../fakes/senders.ts';
import { World } from '../../fakes/world.ts';

const body = JSON.stringify(plainEvent);

/** What a forger sends who guesses that the key is empty, or what is left of a broken secret. */
function forged(now: Date, key: Buffer | string = ''): Record<string, string> {
  const seconds = String(Math.floor(now.getTime() / 1000));
  const mac = (content: string, encoding: 'hex' | 'base64', algorithm = 'sha256') =>
    createHmac(algorithm, key).update(content).digest(encoding);
  return {
    'webhook-id': 'msg_forged',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${mac(`msg_forged.${seconds}.${body}`, 'base64')}`,
    'stripe-signature': `t=${seconds},v1=${mac(`${seconds}.${body}`, 'hex')}`,
    'x-hub-signature-256': `sha256=${mac(body, 'hex')}`,
    'x-shopify-hmac-sha256': mac(body, 'base64'),
    'x-payload-digest': mac(body, 'hex'),
    'x-sha2-signature': mac(body, 'hex'),
    'x-message-id': 'msg_forged',
    'x-sent-at': String(now.getTime()),
    'x-signature': `v0=${mac(`v0:msg_forged:${now.getTime()}:${body}`, 'hex', 'sha512')}`,
  };
}

async function send(sender: Sender, secrets: string[], headers: Record<string, string>, world = new World()) {
  const receiver = { sources: { shop: sourceWith(sender.proof) }, secrets: { shop: secrets } };
  return { world, answer: await deliver(world, receiver, { headers, body }) };
}

const standardWebhooks = senderOf('standard-webhooks');
const base64Of = (bytes: number) => randomBytes(bytes).toString('base64');

describe('fault 62: an unusable secret of Standard Webhooks', () => {
  const minimum = /base64 of at least 24 bytes/;
  test.each<[string, string, RegExp]>([
    ['= before the rest', 'whsec_=MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', minimum],
    ['nothing but dots', 'whsec_................', minimum],
    ['nothing but spaces', `whsec_${' '.repeat(40)}`, minimum],
    ['the prefix alone', 'whsec_', minimum],
    ['nothing', '', minimum],
    ['the alphabet of URLs', 'whsec_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_', minimum],
    ['padding that is missing', `whsec_${base64Of(32).replace('=', '')}`, minimum],
    ['a line break at the end', `whsec_${base64Of(32)}\n`, minimum],
    ['the prefix twice', `whsec_whsec_${base64Of(24)}`, minimum],
    ['hexadecimal digits, an odd number', `whsec_${randomBytes(33).toString('hex').slice(1)}`, minimum],
    ['too few bytes', `whsec_${base64Of(23)}`, /at least 24 bytes, but has 23/],
    ['nothing but zero bytes', `whsec_${Buffer.alloc(32).toString('base64')}`, /must not consist of zero bytes/],
    ['few bytes and zeros', `whsec_${Buffer.concat([randomBytes(8), Buffer.alloc(24)]).toString('base64')}`, /zero/],
  ])('%s: a forged signature is refused, and the operator is told', async (_, secret, reason) => {
    const world = new World();
    const { answer } = await send(standardWebhooks, [secret], forged(world.clock.now()), world);
    expect(answer).toMatchObject({ status: 503, json: { code: 'service-unavailable' } });
    expect([world.queue.bodies, world.store.all()]).toEqual([[], []]);
    const told = world.log.of('source-secret-unusable');
    expect(told).toEqual([
      {
        event: 'source-secret-unusable',
        source: 'shop',
        scheme: 'standard-webhooks',
        position: 1,
        reason: expect.stringMatching(reason),
      },
    ]);
    const secretPart = secret.replace('whsec_', '').trim();
    if (secretPart !== '') expect(answer.text + JSON.stringify(world.log.entries)).not.toContain(secretPart);
  });

  test('with and without the prefix, 24 bytes are enough', async () => {
    for (const secret of [`whsec_${base64Of(24)}`, base64Of(24)]) {
      const world = new World();
      const headers = await standardWebhooks.sign(body, secret, world.clock.now());
      expect((await send(standardWebhooks, [secret], headers, world)).answer.status).toBe(202);
    }
  });
});

describe.each(senders.map((sender) => [sender.scheme, sender] as const))('fault 62: %s', (_, sender) => {
  const tooShort = ['', 'short', 'whsec_', 'whsec_short', 'A'.repeat(15), '\0'.repeat(32), ' '.repeat(32), '\ud800'];

  test.each(tooShort.map((secret) => [JSON.stringify(secret), secret]))('%s makes no key', async (_name, secret) => {
    const world = new World();
    for (const key of ['', secret]) {
      const headers = { authorization: `Bearer ${key}`, ...forged(world.clock.now(), key) };
      const { answer } = await send(sender, [secret], headers, world);
      expect(answer.json.code).toBe('service-unavailable');
    }
    expect(world.queue.bodies).toEqual([]);
    expect(world.log.of('source-secret-unusable').length).toBeGreaterThan(0);
  });

  test('the other secrets of the source work, whatever is beside them', async () => {
    const world = new World();
    const secret = sender.newSecret();
    const beside = ['', 'whsec_=', 7, null, 'x'.repeat(513)] as string[];
    const headers = await sender.sign(body, secret, world.clock.now());
    const { answer } = await send(sender, [...beside, sender.kept(secret)], headers, world);
    expect(answer.status).toBe(202);
    expect(world.log.of('source-secret-unusable').map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a wrong signature beside a usable secret is a wrong signature', async () => {
    const world = new World();
    const { answer } = await send(sender, ['', sender.kept(sender.newSecret())], forged(world.clock.now()), world);
    expect(answer).toMatchObject({ status: 401, json: { code: 'source-unverified' } });
  });
});

describe('fault 62: the operator is told', () => {
  test('in the error, which names source and minimum', async () => {
    const { prove } = await import('../../../lib/sources/prove.ts');
    const world = new World();
    const text = async () => ({ text: JSON.stringify({ shop: ['whsec_................'] }) });
    const ports = {
      sources: { shop: sourceWith(standardWebhooks.proof) },
      sourceSecrets: { read: text, refresh: text },
      log: world.log,
      now: world.clock.now(),
    };
    const delivery = { headers: forged(ports.now), body: Buffer.from(body) };
    await expect(prove('shop', delivery, ports)).rejects.toMatchObject({
      code: 'secret-unavailable',
      detail: 'no secret of source shop is usable: secret 1 must be base64 of at least 24 bytes',
    });
    await expect(prove('shop', delivery, ports)).rejects.toMatchObject({ code: 'secret-unavailable' });
    expect(world.log.of('source-secret-unusable'), 'told once as long as the secret is the same').toHaveLength(1);
  });

  test('again when the secret was changed and is still wrong; and it works at once when it is right', async () => {
    const { prove } = await import('../../../lib/sources/prove.ts');
    const world = new World();
    const good = standardWebhooks.newSecret();
    let secret = 'whsec_................';
    const read = async () => ({ text: JSON.stringify({ shop: [secret] }) });
    const ports = {
      sources: { shop: sourceWith(standardWebhooks.proof) },
      sourceSecrets: { read, refresh: read },
      log: world.log,
      now: world.clock.now(),
    };
    const delivery = { headers: await standardWebhooks.sign(body, good, ports.now), body: Buffer.from(body) };
    for (const wrong of ['whsec_................', 'whsec_=']) {
      secret = wrong;
      await expect(prove('shop', delivery, ports)).rejects.toMatchObject({ code: 'secret-unavailable' });
    }
    expect(world.log.of('source-secret-unusable')).toHaveLength(2);
    secret = good;
    await expect(prove('shop', delivery, ports)).resolves.toBe('msg_2KWPBgLlAfxdpx2AI54pPJ85f4W');
  });
});

test('fault 62: every scheme with a secret says what its secrets must be', () => {
  for (const scheme of [...plainPresets, ...addressedPresets, 'bearer', 'basic', 'path-token'] as const) {
    expect(schemeOf({ scheme } as ProofSettings).readKey?.('x')).toHaveProperty('unusable');
  }
});
