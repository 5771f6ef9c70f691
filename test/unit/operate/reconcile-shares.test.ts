/** Reconcile shares its time out: no duty starves, however much there is of another. */

import { describe, expect, test } from 'vitest';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import type { Status } from '../../../lib/issuance/status.ts';
import { duties } from '../../../lib/operate/reconcile/duties.ts';
import { type ReconcilePorts, reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

const second = 1000;
const runMs = 290 * second;
const kinds = ['queued', 'submitting', 'submitted', 'unconfirmed', 'failed', 'uncertain'] as const;

const callMs = 100;

/** What one of a kind takes: a write, and a message where one is sent. */
function msPer(kind: (typeof kinds)[number]): number {
  return kind === 'queued' || kind === 'submitting' ? 2 * callMs : callMs;
}

/** A world with so many overdue issuances of each kind, where each write and each send takes a while. */
function overdueWorld(counts: Partial<Record<Status, number>>): { world: World; ports: ReconcilePorts } {
  const world = new World();
  for (const [index, status] of kinds.entries()) {
    for (let n = 0; n < (counts[status] ?? 0); n += 1) {
      const id = issuanceId(`iss_${index}${String(n).padStart(26, '0')}`);
      world.store.put(issuanceIn(status, { id, dueAt: '2026-11-22T08:59:59.000Z' }));
    }
  }
  const ports = world.ports(({ call, when }) => {
    if (when === 'before' && ['store.replace', 'queue.send'].includes(call)) world.clock.advance(callMs);
  });
  return { world, ports };
}

function run({ world, ports }: { world: World; ports: ReconcilePorts }): Promise<void> {
  return reconcile(new Date(world.clock.now().getTime() + runMs), ports);
}

/** How many of each kind were moved on. */
function movedBy(world: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { duty, moved } of world.log.of('reconciled')) counts[duty] = (counts[duty] ?? 0) + moved;
  return counts;
}

describe('fault 56: 40,000 overdue of one kind', () => {
  const few = Object.fromEntries(kinds.map((kind) => [kind, 150]));

  test.each(kinds)(
    '%s: everything else is done in the same run, and it gets the rest of the time, and no more',
    async (heavy) => {
      const overdue = overdueWorld({ ...few, [heavy]: 40_000 });
      await run(overdue);
      const { [heavy]: ofHeavy = 0, ...others } = movedBy(overdue.world);
      expect(Object.values(others)).toEqual(Array(5).fill(150));
      // The five others together take less than 110 seconds.
      expect(ofHeavy).toBeGreaterThanOrEqual((180 * second) / msPer(heavy));
      // It stops between two pages.
      expect(ofHeavy).toBeLessThanOrEqual(runMs / msPer(heavy) + 100);
    },
  );
});

describe('fault 56: much overdue of every kind', () => {
  test('each duty has an equal part of the time', async () => {
    const overdue = overdueWorld(Object.fromEntries(kinds.map((kind) => [kind, 2_000])));
    await run(overdue);
    const seconds = kinds.map((kind) => ((movedBy(overdue.world)[kind] ?? 0) * msPer(kind)) / second);
    // Between two pages, of 20 seconds at the most, it stops; what others leave over is another page or two.
    const share = runMs / second / duties.length;
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(share - 20);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(share + 40);
  });

  test('each duty does a page even when there is no time at all', async () => {
    const { world, ports } = overdueWorld(Object.fromEntries(kinds.map((kind) => [kind, 250])));
    await reconcile(world.clock.now(), ports);
    expect(movedBy(world)).toEqual(Object.fromEntries(kinds.map((kind) => [kind, 100])));
  });

  test('nothing is left lying after some runs', async () => {
    const overdue = overdueWorld(Object.fromEntries(kinds.map((kind) => [kind, 1_000])));
    for (let runs = 0; runs < 4; runs += 1) await run(overdue);
    const moved = movedBy(overdue.world);
    for (const kind of kinds) expect(moved[kind]).toBeGreaterThanOrEqual(1_000);
  });
});
