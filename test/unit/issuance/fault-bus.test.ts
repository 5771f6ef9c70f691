/** The bus refuses for a day: every end is told afterwards, as it would have been told at once. */
import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { never } from '../../../lib/issuance/due.ts';
import type { IssuanceEvent } from '../../../lib/issuance/event.ts';
import { tellUntold } from '../../../lib/issuance/untold.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { dieAt, type FaultHook } from '../../fakes/faulty.ts';
import { issuanceIn, turned } from '../../fakes/issuance-in.ts';
import { Pipeline } from '../../fakes/pipeline.ts';
import { hour, World } from '../../fakes/world.ts';

const minute = 60_000;
const count = 12;

interface Day {
  pipeline: Pipeline;
  told: IssuanceEvent[];
  /** Calls of the bus while it refused. */
  refused: number;
  /** Events told while it refused. */
  early: number;
}

/** A day of events, minute by minute; the bus refuses during all of it, or not at all. */
async function day(refuses: boolean): Promise<Day> {
  const pipeline = new Pipeline();
  const { world } = pipeline;
  let refused = 0;
  const hook: FaultHook = ({ call, when }) => {
    if (!refuses || call !== 'announcer.announce' || when !== 'before') return;
    refused += 1;
    throw new Error('the bus refuses');
  };
  for (let passed = 0; passed < 24 * 60; passed += 1) {
    if (passed < count) {
      const changes = { idempotencyKey: `event-${passed}`, holder: `${passed % 8}@example.com` };
      await accept(world.request(changes), pipeline.ports(hook));
    }
    await pipeline.work(hook);
    await pipeline.poll(hook);
    if (passed % 5 === 0) await pipeline.reconcile(hook).catch(() => undefined);
    world.clock.advance(minute);
  }
  const early = world.announcer.events.length;
  await pipeline.reconcile();
  const told = world.announcer.events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { pipeline, told, refused, early };
}

describe('fault 57: the bus refuses for a day', () => {
  test('every end is told once it does not, with the sequence and the time it would have had', async () => {
    const [quiet, silent] = [await day(false), await day(true)];
    expect(silent.early).toBe(0);
    expect(silent.told).toHaveLength(count);
    expect(new Set(silent.told.map(({ status }) => status))).toEqual(new Set(['confirmed']));
    expect(silent.told).toEqual(quiet.told);
    expect(silent.pipeline.world.untold.all()).toEqual([]);
    await silent.pipeline.reconcile();
    expect(silent.pipeline.world.announcer.events).toHaveLength(count);
  });

  test('neither messages nor pollers go round meanwhile', async () => {
    const { pipeline, refused } = await day(true);
    expect(pipeline.world.queue.bodies).toEqual([]);
    // Each end once by who reached it, and a handful in each of the 288 runs of reconcile.
    expect(refused).toBeLessThan(count + 288 * 11);
    expect(refused).toBeGreaterThan(count);
  });

  test('reconcile fails for it, so that an alarm rings, and its other duties are done', async () => {
    const world = new World();
    const down: FaultHook = ({ call }) => {
      if (call === 'announcer.announce') throw new Error('the bus refuses');
    };
    const { issuance } = await accept(world.request(), world.ports());
    await world.ports(down).announcer.announce(eventIn(world));
    world.clock.advance(3 * minute);
    const until = new Date(world.clock.now().getTime() + minute);
    await expect(reconcile(until, world.ports(down))).rejects.toThrow('Some duties failed');
    expect(world.queue.bodies).toHaveLength(2);
    expect((await world.store.get(issuance.id))?.status).toBe('queued');
  });

  test('an event it refuses for itself does not keep the others back', async () => {
    const world = new World();
    const ids = Array.from({ length: 250 }, (_, index) => `iss_${String(index).padStart(27, '0')}`);
    for (const id of ids) await world.untold.keep({ ...eventIn(world), id });
    const bus = {
      async announce(event: IssuanceEvent) {
        if (event.id === ids[3]) throw new Error('too large');
        await world.announcer.announce(event);
      },
    };
    let position: string | undefined;
    do position = (await tellUntold(position, { bus, untold: world.untold })).next;
    while (position !== undefined);
    expect(world.announcer.events).toHaveLength(249);
    expect(world.untold.all().map(({ id }) => id)).toEqual([ids[3]]);
  });

  test('when it cannot even be kept, the message comes back', async () => {
    const world = new World();
    const { issuance } = await accept(world.request(), world.ports());
    world.store.put(turned(issuance, 'failed', { reason: { code: 'holder-refused-consent' } }));
    await expect(submit(issuance.id, 1, world.ports(dieAt('announcer.announce', 'before')))).rejects.toThrow('died');
    await submit(issuance.id, 2, world.ports());
    expect(world.announcer.events).toHaveLength(1);
  });
});

describe('fault 57: one end has one sequence and one time', () => {
  test('also told again after its record was written again', async () => {
    const world = new World();
    const failed = issuanceIn('failed', { dueAt: '2026-11-22T08:59:59.000Z' });
    world.store.put(failed);
    await submit(failed.id, 1, world.ports());
    for (let runs = 0; runs < 2; runs += 1) {
      world.clock.advance(hour);
      await reconcile(new Date(world.clock.now().getTime() + minute), world.ports());
      const record = await world.store.get(failed.id);
      if (record) world.store.put({ ...record, dueAt: '2026-11-22T08:59:59.000Z' });
      await submit(failed.id, 1, world.ports());
    }
    expect(await world.store.get(failed.id)).toMatchObject({ sequence: failed.sequence + 2 });
    const [first, ...again] = world.announcer.events;
    expect(first).toMatchObject({ sequence: failed.sequence, at: failed.history.at(-1)?.at });
    expect(again).toEqual([first, first]);
    expect((await world.store.get(failed.id))?.dueAt).not.toBe(never);
  });

  test('the next end of a retried one has its own', async () => {
    const world = new World();
    const before = { ...issuanceIn('failed'), restedSequence: 1 };
    world.store.put(before);
    const { retry } = await import('../../../lib/operate/retry.ts');
    await retry(before, world.ports());
    expect(await world.store.get(before.id)).not.toHaveProperty('restedSequence');
  });
});

function eventIn(world: World): IssuanceEvent {
  const at = world.clock.now().toISOString();
  const id = `iss_${'e'.repeat(27)}`;
  return { version: 1, id, sequence: 3, source: 'shop', program: 'program-a', status: 'confirmed', occurredAt: at, at };
}
