/** Workers that run at once, their steps mixed in many orders: one call per issuance, and the newest claims win. */
import { describe, expect, test } from 'vitest';
import { worker } from '../../../functions/worker/handler.ts';
import { accept } from '../../../lib/accept/accept.ts';
import type { FaultHook } from '../../fakes/faulty.ts';
import { Pipeline } from '../../fakes/pipeline.ts';

const orders = Array.from({ length: 60 }, (_, seed) => seed + 1);

/** Lets others go first, a few turns of the event loop at each port call, as the seed says. */
function mixed(seed: number): FaultHook {
  let state = seed;
  return async () => {
    state = (state * 48_271) % 2_147_483_647;
    for (let turns = state % 5; turns > 0; turns -= 1) await new Promise(setImmediate);
  };
}

describe('fault 5: the same message with three workers at once', () => {
  test.each(orders)('order %i: one calls the provider, the others send it again', async (seed) => {
    const pipeline = new Pipeline();
    const { world } = pipeline;
    await accept(world.request(), pipeline.ports());
    const Records = world.queue.receive();
    await Promise.all([1, 2, 3].map((nth) => worker({ Records }, pipeline.ports(mixed(seed * nth)))));
    expect(pipeline.provider.issued).toHaveLength(1);
    // Nobody has deleted the message that all three were given.
    const back = world.queue.bodies.length - 1;
    expect(world.log.of('submission-delayed').filter(({ code }) => code === 'slot-busy')).toHaveLength(back);
    expect((await pipeline.settle()).map(({ status }) => status)).toEqual(['confirmed']);
    expect(pipeline.provider.issued).toHaveLength(1);
  });
});

describe('fault 15: two changes of one holder that happened at the same instant', () => {
  test.each(orders)('order %i: one after the other or superseded, and the newest claims are live', async (seed) => {
    const pipeline = new Pipeline();
    const { world } = pipeline;
    const change = (idempotencyKey: string, tier: string, nth: number) =>
      accept(world.request({ idempotencyKey, claims: { tier } }), pipeline.ports(mixed(seed * nth)));
    const accepted = await Promise.all([change('a', 'Silver', 1), change('b', 'Gold', 2)]);
    await Promise.all([3, 4].map((nth) => pipeline.work(mixed(seed * nth), 1)));
    const ended = await pipeline.settle();
    const newest = accepted.map(({ issuance }) => issuance).toSorted((a, b) => (a.rank < b.rank ? 1 : -1))[0];
    expect(ended.find(({ id }) => id === newest?.id)?.status).toBe('confirmed');
    expect(ended.find(({ id }) => id !== newest?.id)?.status).toMatch(/^(confirmed|superseded)$/);
    expect(pipeline.provider.liveOf('ada@example.com')?.issuanceId).toBe(newest?.id);
    expect(pipeline.provider.issued.length).toBe(ended.filter(({ status }) => status === 'confirmed').length);
  });
});
