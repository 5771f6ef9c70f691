/** Reconcile: what fell between two parts is picked up, and personal data goes when its time is over. */

import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import type { Status } from '../../../lib/issuance/status.ts';
import { type ReconcilePorts, reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { dieAt, failOnce } from '../../fakes/faulty.ts';
import { nobody } from '../../fakes/ids.ts';
import { issuanceId as id, issuanceIn } from '../../fakes/issuance-in.ts';
import { SingleProgram } from '../../fakes/single-program.ts';
import { leaseMs, World } from '../../fakes/world.ts';

const minute = 60_000;
const overdue = { dueAt: '2026-11-22T08:59:59.000Z' };

function worldWith(status: Status, changes = {}): World {
  const world = new World();
  world.store.put(issuanceIn(status, { ...overdue, ...changes }));
  return world;
}

const run = (world: World, ports: ReconcilePorts = world.ports()) =>
  reconcile(new Date(world.clock.now().getTime() + 10 * minute), ports);

describe('what is due', () => {
  test.each(['queued', 'submitting'] as const)('fault 3: %s: its message is sent again', async (status) => {
    const world = worldWith(status);
    await run(world);
    expect(world.queue.bodies).toEqual([JSON.stringify({ v: 1, id })]);
    expect(world.log.of('reconciled')).toEqual([{ event: 'reconciled', duty: status, found: 1, moved: 1 }]);
  });

  test.each(['submitted', 'unconfirmed'] as const)('fault 23: %s: a poller is started for it', async (status) => {
    const world = worldWith(status);
    await run(world);
    expect(world.pollers.started).toEqual([[id]]);
    expect(world.queue.bodies).toEqual([]);
    await run(world);
    expect(world.pollers.started, 'not again while that poller has its time').toHaveLength(1);
  });

  test.each(['failed', 'uncertain', 'superseded'] as const)(
    '%s: holder and claims are dropped, the record stays',
    async (status) => {
      const world = worldWith(status, { progress: { offer: 'x' } });
      await run(world);
      const record = await world.store.get(id);
      expect(record).toMatchObject({ status, fingerprint: 'fingerprint', dueAt: '9999-12-31T23:59:59.999Z' });
      for (const member of ['holder', 'claims', 'progress']) expect(record).not.toHaveProperty(member);
      expect(world.log.of('personal-data-dropped')).toEqual([{ event: 'personal-data-dropped', id }]);
      await run(world);
      expect(world.log.of('personal-data-dropped')).toHaveLength(1);
    },
  );

  test.each(['confirmed'] as const)('%s: nothing, ever', async (status) => {
    const world = worldWith(status);
    await run(world);
    expect(await world.store.get(id)).toEqual(issuanceIn(status, overdue));
  });
});

describe('what is not due', () => {
  test.each(['queued', 'submitting', 'submitted', 'unconfirmed', 'failed', 'uncertain'] as const)(
    '%s: is left alone',
    async (status) => {
      const world = worldWith(status, { dueAt: '2026-11-22T09:00:00.001Z' });
      await run(world);
      expect(await world.store.get(id)).toMatchObject({ sequence: 2 });
      expect([...world.queue.bodies, ...world.pollers.started]).toEqual([]);
    },
  );
});

describe('what a lagging index still shows as due', () => {
  test('is left alone when its record says otherwise', async () => {
    const world = worldWith('failed');
    world.store.freezeIndex();
    world.store.put(issuanceIn('failed', { dueAt: '2026-12-06T09:00:00.000Z' }));
    await run(world);
    expect(await world.store.get(id)).toHaveProperty('claims');
  });

  test('has moved on: nothing is done', async () => {
    const world = worldWith('submitted');
    world.store.freezeIndex();
    world.store.put(issuanceIn('confirmed'));
    await run(world);
    expect(world.pollers.started).toEqual([]);
  });
});

describe('copies of a message', () => {
  test('do not pile up: each comes later than the one before', async () => {
    const world = new World();
    await accept(world.request(), world.ports());
    for (let minutes = 0; minutes < 24 * 60; minutes += 1) {
      world.clock.advance(minute);
      await run(world);
    }
    expect(world.queue.bodies.length).toBeGreaterThan(3);
    expect(world.queue.bodies.length).toBeLessThan(15);
  });

  test('are not sent when a worker has just taken it up', async () => {
    const world = worldWith('queued');
    const ports = world.ports(({ call, when }) => {
      if (call === 'store.replace' && when === 'before') world.store.put(issuanceIn('submitting', { sequence: 3 }));
    });
    await run(world, ports);
    expect(world.queue.bodies).toEqual([]);
  });
});

describe('a message that is delayed so that newer events can overtake it', () => {
  test('gets no copy before its time', async () => {
    const world = new World();
    const programs = new SingleProgram(world.provider, [], 900);
    await accept(world.request(), { ...world.ports(), programs });
    for (let minutes = 0; minutes < 15; minutes += 1) {
      await run(world);
      expect(world.queue.bodies).toHaveLength(1);
      world.clock.advance(minute);
    }
  });
});

describe('fault 3: a part that died', () => {
  test('between the record and its message: the issuance is still handed over', async () => {
    const world = new World();
    const down = world.ports(failOnce('queue.send', 'before', new Error('down')));
    await expect(accept(world.request(), down)).rejects.toMatchObject({ code: 'service-unavailable' });
    world.clock.advance(3 * minute);
    await run(world);
    const [{ id: accepted } = { id: nobody }] = world.store.all();
    expect(await submit(accepted, 1, world.ports())).toEqual({ end: 'done', poll: true });
  });

  test('in a call: its message is sent again minutes after its lease, not hours', async () => {
    const world = new World();
    const { issuance } = await accept(world.request(), world.ports());
    await expect(submit(issuance.id, 1, world.ports(dieAt('provider.submit', 'after')))).rejects.toThrow('died');
    for (const message of world.queue.receive()) world.queue.delete(message);
    world.clock.advance(leaseMs + 10 * minute);
    await run(world);
    expect(world.queue.bodies).toHaveLength(1);
  });

  test('in its lease: the next worker asks what became of the call', async () => {
    const world = worldWith('submitting');
    await run(world);
    await submit(id, 1, world.ports());
    expect(world.provider.recovered).toMatchObject([{ lostSince: new Date('2026-11-22T08:59:30.000Z') }]);
  });
});

describe('a pass', () => {
  test('goes through every page, and one execution takes a hundred', async () => {
    const world = new World();
    for (let n = 0; n < 250; n += 1) {
      world.store.put(issuanceIn('submitted', { id: issuanceId(`iss_${String(n).padStart(27, '0')}`), ...overdue }));
    }
    await run(world);
    expect(world.pollers.started.map((ids) => ids.length)).toEqual([100, 100, 50]);
    expect(new Set(world.pollers.started.flat()).size).toBe(250);
  });

  test('stops between two pages when its time is over', async () => {
    const world = new World();
    for (let n = 0; n < 250; n += 1) {
      world.store.put(issuanceIn('submitted', { id: issuanceId(`iss_${String(n).padStart(27, '0')}`), ...overdue }));
    }
    await reconcile(world.clock.now(), world.ports());
    expect(world.pollers.started.map((ids) => ids.length)).toEqual([100]);
  });

  test('cut off after the due time moved on loses nothing: it is due again later', async () => {
    const world = worldWith('submitted');
    const down = world.ports(failOnce('pollers.start', 'before', new Error('throttled')));
    await expect(run(world, down)).rejects.toThrow('Some duties');
    world.clock.advance(16 * minute);
    await run(world);
    expect(world.pollers.started).toEqual([[id]]);
  });

  test('failing with one status still sees to the others, and fails in the end', async () => {
    const world = worldWith('queued');
    world.store.put(issuanceIn('submitted', { id: issuanceId(`iss_${'s'.repeat(27)}`), ...overdue }));
    const down = world.ports(failOnce('queue.send', 'before', new Error('refused')));
    await expect(run(world, down)).rejects.toThrow('Some duties');
    expect(world.pollers.started).toEqual([[issuanceId(`iss_${'s'.repeat(27)}`)]]);
  });
});
