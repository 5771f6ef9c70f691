/** A message that waits for its next try: it stays away as long as was asked for, alone, and is not lost. */
import { describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import { accept } from '../../lib/accept/accept.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { World } from '../fakes/world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** One delivery of whatever is visible; what is not given back is deleted, as the event source does. */
async function deliver(world: World, random: () => number): Promise<void> {
  const messages = world.queue.receive();
  const { batchItemFailures } = await worker({ Records: messages }, { ...world.ports(), random });
  const back = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const message of messages) if (!back.has(message.messageId)) world.queue.delete(message);
}

const calls = ({ provider }: World) => provider.submitted.length + provider.recovered.length;

async function worldWithOne(): Promise<World> {
  const world = new World();
  await accept(world.request(), world.ports());
  return world;
}

describe('fault 16: the provider asks for ten minutes, again and again', () => {
  test('no call is made any earlier, however the message comes back', async () => {
    const world = await worldWithOne();
    const asked = () => new IssuanceError('provider-rate-limited', { retryAfterSeconds: 600 });
    // In the queue at first, in the table after some tries: reconcile lets it out.
    const aMinute = async () => {
      await deliver(world, () => 0);
      await reconcile(new Date(world.clock.now().getTime() + minute), world.ports());
      await deliver(world, () => 0);
      world.clock.advance(minute);
    };
    for (let tries = 1; tries <= 40; tries += 1) {
      world.provider.onSubmit(asked());
      for (let waited = 0; calls(world) < tries && waited < 120; waited += 1) await aMinute();
      expect(calls(world)).toBe(tries);
      for (let passed = 1; passed < 9; passed += 1) await aMinute();
      expect(calls(world)).toBe(tries);
    }
    expect(world.store.all()).toMatchObject([{ status: 'queued' }]);
    expect(world.queue.deadLetters).toEqual([]);
  });
});

describe('a message that waits as long as it ever may', () => {
  const longest = { retryAfterSeconds: 10 ** 9 };
  const whatHappened = {
    refused: (world: World) => world.provider.onSubmit(new IssuanceError('provider-rate-limited', longest)),
    'of unknown outcome': (world: World) =>
      world.provider
        .onSubmit(new IssuanceError('provider-answer-lost'))
        .onRecover(new IssuanceError('provider-rate-limited', longest)),
  };

  test.each(Object.entries(whatHappened))('after a call that was %s gets no copy from reconcile', async (_, script) => {
    const world = await worldWithOne();
    script(world);
    const startedAt = world.clock.now().getTime();
    while (world.store.all().some(({ status }) => status !== 'submitted')) {
      await deliver(world, () => 0.999);
      await reconcile(new Date(world.clock.now().getTime() + minute), world.ports());
      expect(world.queue.bodies.length).toBeLessThanOrEqual(1);
      world.clock.advance(minute);
      expect(world.clock.now().getTime() - startedAt).toBeLessThan(6 * hour);
    }
  });

  test.each(Object.entries(whatHappened))('after a call that was %s, and is lost, is sent again', async (_, script) => {
    const world = await worldWithOne();
    script(world);
    for (let tries = 0; tries < 2; tries += 1) {
      await deliver(world, () => 0.999);
      world.clock.advance(5 * minute);
    }
    const made = calls(world);
    for (const message of world.queue.receive()) world.queue.delete(message);
    world.clock.advance(2 * hour);
    for (const message of world.queue.receive()) world.queue.delete(message);
    expect(world.queue.bodies).toEqual([]);
    world.clock.advance(24 * hour);
    await reconcile(new Date(world.clock.now().getTime() + minute), world.ports());
    await deliver(world, () => 0);
    expect(calls(world)).toBeGreaterThan(made);
  });
});
