/** Who is let in at `POST /v1/events/{source}`, and that those who are not cannot tell why. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { deliver, plainEvent, type Receiver, sourceWith } from '../fakes/deliveries.ts';
import { senderOf } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';

const body = JSON.stringify(plainEvent);

const github = senderOf('github');
const stripe = senderOf('stripe');
const secret = github.newSecret();
const receiver: Receiver = { sources: { shop: sourceWith(github.proof) }, secrets: { shop: [secret] } };

async function send(changes: { source?: string; headers?: object; base64?: boolean; body?: Buffer }, to = receiver) {
  const world = new World();
  const headers = { ...(await github.sign(body, secret, world.clock.now())), ...changes.headers };
  const answer = await deliver(world, to, { body, ...changes, headers });
  return { ...answer, world };
}

describe('fault 40: a source that is not there', () => {
  test('is refused exactly like a wrong signature', async () => {
    const wrong = await send({ headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } });
    const answers = await Promise.all(
      ['nobody', '__proto__', 'constructor', 'SHOP', '%2e%2e'].map((source) => send({ source })),
    );
    for (const { status, headers, text } of answers) {
      expect([status, headers, text]).toEqual([wrong.status, wrong.headers, wrong.text]);
    }
    expect(wrong).toMatchObject({ status: 401, json: { code: 'source-unverified' } });
  });

  test('and so are one without secrets, one that takes messages only, and another source’s signature', async () => {
    const sources = { shop: sourceWith(github.proof), bank: sourceWith(github.proof), queued: sourceWith(undefined) };
    const to = { sources, secrets: { bank: [github.newSecret()], queued: [secret] } };
    for (const source of ['shop', 'bank', 'queued']) {
      expect((await send({ source }, to)).json.code).toBe('source-unverified');
    }
  });

  test('reads the secrets as often as for a source that is there', async () => {
    const reads: string[] = [];
    const counted = (source: string) =>
      send(
        { source, headers: { 'x-hub-signature-256': undefined } },
        {
          ...receiver,
          get secrets() {
            reads.push(source);
            return { shop: [secret] };
          },
        },
      );
    await counted('shop');
    await counted('nobody');
    expect(reads).toEqual(['shop', 'shop', 'nobody', 'nobody']);
  });
});

describe('fault 28: what could be taken for a proof', () => {
  const hex = async () => (await github.sign(body, secret, new Date()))['x-hub-signature-256'] ?? '';

  test.each<[string, (signature: string) => string]>([
    ['nothing', () => ''],
    ['the prefix only', () => 'sha256='],
    ['half a signature', (signature) => signature.slice(0, 39)],
    ['a longer one', (signature) => `${signature}00`],
    ['the older algorithm', (signature) => signature.replace('sha256=', 'sha1=')],
    ['no algorithm', (signature) => signature.replace('sha256=', 'none=')],
    ['two of them', (signature) => `${signature},${signature}`],
    ['with a space', (signature) => `${signature} `],
    ['not hex', (signature) => signature.replace(/.$/, 'g')],
    ['an object’s name', () => '__proto__'],
    ['ten thousand characters', (signature) => signature.padEnd(10_000, '0')],
  ])('%s is refused', async (_, change) => {
    const answer = await send({ headers: { 'x-hub-signature-256': change(await hex()) } });
    expect(answer).toMatchObject({ status: 401, json: { code: 'source-unverified' } });
  });

  test.each<[string, (header: string) => string]>([
    ['two times', (header) => `t=1,${header}`],
    ['no time', (header) => header.slice(header.indexOf('v1='))],
    ['a time in another spelling', (header) => header.replace('t=', 't=0')],
    ['a time that is not a number', (header) => header.replace(/t=\d+/, 't=1e9')],
    ['the test scheme only', (header) => header.replace('v1=', 'v0=')],
  ])('Stripe’s header with %s is refused', async (_, change) => {
    const world = new World();
    const key = stripe.newSecret();
    const to = { sources: { shop: sourceWith(stripe.proof) }, secrets: { shop: [key] } };
    const { 'stripe-signature': header = '' } = await stripe.sign(body, key, world.clock.now());
    const answer = await deliver(world, to, { body, headers: { 'stripe-signature': change(header) } });
    expect(answer.json.code).toBe('source-unverified');
  });

  test('a token of one source does not open another', async () => {
    const bearer = senderOf('bearer');
    const [own, other] = [bearer.newSecret(), bearer.newSecret()];
    const sources = { shop: sourceWith(bearer.proof), bank: sourceWith(bearer.proof) };
    const to = { sources, secrets: { shop: [bearer.kept(own)], bank: [bearer.kept(other)] } };
    const headers = { authorization: `Bearer ${own}` };
    const statuses = ['shop', 'bank'].map(
      async (source) => (await deliver(new World(), to, { source, body, headers })).status,
    );
    expect(await Promise.all(statuses)).toEqual([202, 401]);
  });
});

describe('fault 10: a signature that is right but not of now', () => {
  test.each([-301, 301])('%i seconds away is told as such, and nothing is queued', async (offset) => {
    const world = new World();
    const key = stripe.newSecret();
    const to = { sources: { shop: sourceWith(stripe.proof) }, secrets: { shop: [key] } };
    const headers = await stripe.sign(body, key, new Date(world.clock.now().getTime() + offset * 1000));
    const answer = await deliver(world, to, { body, headers });
    expect(answer).toMatchObject({ status: 401, json: { code: 'source-unverified' } });
    expect(answer.json.detail).toContain('more than five minutes');
    expect(world.queue.bodies).toEqual([]);
  });

  test.each([-300, 300])('%i seconds away is within the tolerance', async (offset) => {
    const world = new World();
    const key = stripe.newSecret();
    const to = { sources: { shop: sourceWith(stripe.proof) }, secrets: { shop: [key] } };
    const headers = await stripe.sign(body, key, new Date(world.clock.now().getTime() + offset * 1000));
    expect((await deliver(world, to, { body, headers })).status).toBe(202);
  });
});

describe('bodies', () => {
  test.each(['gzip', 'br', 'deflate'])('compressed with %s are refused clearly', async (encoding) => {
    const answer = await send({ headers: { 'content-encoding': encoding }, body: gzipSync(body), base64: true });
    expect(answer).toMatchObject({ status: 415, json: { code: 'content-encoding-unsupported' } });
  });

  test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/cloudevents-batch+json', undefined])(
    'of type %s are refused, once it is known who sends them',
    async (type) => {
      const headers = { 'content-type': type };
      expect((await send({ headers })).json.code).toBe('content-type-unsupported');
      expect((await send({ headers, source: 'nobody' })).json.code).toBe('source-unverified');
    },
  );

  test.each(['utf-16', 'UTF-16LE', '"iso-8859-1"', 'windows-1252'])(
    'in the charset %s are refused clearly, from any source: the gateway may have damaged them',
    async (charset) => {
      const headers = { 'content-type': `application/json; charset=${charset}` };
      for (const source of ['shop', 'nobody']) {
        expect(await send({ headers, source })).toMatchObject({ status: 415, json: { code: 'charset-unsupported' } });
      }
    },
  );

  test.each([
    'application/cloudevents+json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; charset=us-ascii',
    'application/vnd.api+json',
  ])('of type %s are taken', async (type) => {
    expect((await send({ headers: { 'content-type': type } })).status).toBe(202);
  });
});

describe('secrets', () => {
  test('of one source that are malformed do not touch another', async () => {
    const secrets = { shop: [secret], bank: 'not a list' } as unknown as Receiver['secrets'];
    const sources = { shop: sourceWith(github.proof), bank: sourceWith(github.proof) };
    expect((await send({}, { sources, secrets })).status).toBe(202);
    const answer = await send({ source: 'bank' }, { sources, secrets });
    expect(answer).toMatchObject({ status: 503, json: { code: 'service-unavailable' } });
    expect(answer.text + JSON.stringify(answer.world.log.entries)).not.toContain('not a list');
  });
});
