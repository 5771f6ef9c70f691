/** The mark of the waiting room: gone with the next write, and what is marked stays there until it is due. */
import { describe, expect, test } from 'vitest';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { eraseRecord } from '../../../lib/operate/erase-record.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { issuanceId as id, issuanceIn } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

const minute = 60_000;
const now = '2026-11-22T09:00:00.000Z';
const later = '2026-11-22T09:00:00.001Z';

function worldWaiting(status: 'queued' | 'submitting', dueAt: string): World {
  const world = new World();
  world.store.put(issuanceIn(status, { waiting: true, dueAt }));
  return world;
}

const record = async ({ store }: World) => (await store.get(id)) ?? expect.unreachable();
const run = (world: World) => reconcile(new Date(world.clock.now().getTime() + minute), world.ports());

describe.each(['queued', 'submitting'] as const)('fault 51: %s in the waiting room', (status) => {
  test('due: gets one message, and is out of it', async () => {
    const world = worldWaiting(status, now);
    await run(world);
    await run(world);
    expect(world.queue.bodies).toHaveLength(1);
    expect(await record(world)).not.toHaveProperty('waiting');
  });

  test('not due yet: stays as it is, without a message', async () => {
    const world = worldWaiting(status, later);
    const before = await record(world);
    await run(world);
    expect(world.queue.bodies).toEqual([]);
    expect(await record(world)).toEqual(before);
    world.clock.advance(1);
    await run(world);
    expect(world.queue.bodies).toHaveLength(1);
  });
});

describe('fault 51: the mark of the waiting room goes', () => {
  test('when it is handed over', async () => {
    const world = worldWaiting('queued', now);
    await submit(id, 1, world.ports());
    expect((await record(world)).status).toBe('submitted');
    expect(await record(world)).not.toHaveProperty('waiting');
  });

  test('when it ends', async () => {
    const world = worldWaiting('queued', now);
    world.provider.onSubmit(new IssuanceError('provider-rejected-claims'));
    await submit(id, 1, world.ports());
    expect((await record(world)).status).toBe('failed');
    expect(await record(world)).not.toHaveProperty('waiting');
  });

  test('when its holder is erased', async () => {
    const world = worldWaiting('queued', later);
    await eraseRecord(await record(world), { dryRun: false, hear: () => undefined }, world.ports());
    expect((await record(world)).status).toBe('failed');
    expect(await record(world)).not.toHaveProperty('waiting');
  });
});
