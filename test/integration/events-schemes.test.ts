/** Every scheme at the endpoint: what is proven is queued, and nothing else; a token in the path leaves no trace. */
import { describe, expect, test } from 'vitest';
import { deliver, plainEvent, type Receiver, sourceWith } from '../fakes/deliveries.ts';
import type { Signer } from '../fakes/signers/signer.ts';
import { signers } from '../fakes/signers/signers.ts';
import { World } from '../fakes/world.ts';

/** The events of the others are forms, which the rule of this test does not read. */
const json = signers.filter(({ scheme }) => scheme !== 'braintree' && scheme !== 'twilio');

async function send(signer: Signer, world: World, key: unknown, live: readonly unknown[]) {
  const { proof, secrets } = signer.receiver(live);
  const receiver: Receiver = { sources: { shop: sourceWith(proof) }, secrets: { shop: secrets } };
  const { headers, body, pathToken } = await signer.send(plainEvent, key, world.clock.now());
  const source = pathToken === undefined ? 'shop' : `shop/${pathToken}`;
  return deliver(world, receiver, { source, headers: { ...headers }, body });
}

describe.each(json.map((signer) => [signer.name, signer] as const))('%s', (_, signer) => {
  test('a proven event is queued', async () => {
    const world = new World();
    const key = signer.newKey();
    const answer = await send(signer, world, key, [signer.newKey(), key]);
    expect([answer.status, world.queue.bodies.length]).toEqual([202, 1]);
  });

  test('fault 28: another’s proof queues nothing', async () => {
    const world = new World();
    const answer = await send(signer, world, signer.newKey(), [signer.newKey()]);
    expect(answer).toMatchObject({ status: 401, json: { code: 'source-unverified' } });
    expect([world.queue.bodies, world.store.all()]).toEqual([[], []]);
  });
});

describe('a token in the path', () => {
  const signer = signers.find(({ name }) => name === 'path-token');
  if (signer === undefined) throw new Error('There is no sender with a token in the path');

  test.each(['right', 'wrong'])('is in no log, answer, message or record when it is %s', async (which) => {
    const world = new World();
    const key = signer.newKey() as string;
    const answer = await send(signer, world, key, which === 'right' ? [key] : [signer.newKey()]);
    const told = JSON.stringify([answer, world.log.entries, world.queue.bodies, world.store.all()]);
    expect(told).not.toContain(key);
    expect(world.log.entries).not.toEqual([]);
  });

  test('is no proof at the address without it', async () => {
    const world = new World();
    const key = signer.newKey();
    const { proof, secrets } = signer.receiver([key]);
    const receiver: Receiver = { sources: { shop: sourceWith(proof) }, secrets: { shop: secrets } };
    const answer = await deliver(world, receiver, { headers: {}, body: JSON.stringify(plainEvent) });
    expect(answer.status).toBe(401);
  });
});
