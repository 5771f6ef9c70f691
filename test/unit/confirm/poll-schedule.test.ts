/** When a poller asks again. */
import { describe, expect, test } from 'vitest';
import { confirm } from '../../../lib/confirm/confirm.ts';
import { handOverAfterRounds, waitSeconds } from '../../../lib/confirm/poll-schedule.ts';
import { issuanceId, issuanceIn } from '../../fakes/issuance-in.ts';
import { expressMs, World } from '../../fakes/world.ts';

/** The waits of a poller that is never answered, for so many seconds. */
function waitsFor(seconds: number): number[] {
  const waits: number[] = [];
  for (let elapsed = 0, round = 0; elapsed < seconds; round += 1) {
    const wait = waitSeconds(round, elapsed * 1000);
    waits.push(wait);
    elapsed += wait;
  }
  return waits;
}

describe('the schedule', () => {
  test('is 1 s doubling to 30 s for five minutes', () => {
    expect(waitsFor(299)).toEqual([1, 2, 4, 8, 16, ...Array(9).fill(30)]);
  });

  test('then slows down, up to a quarter of an hour, and never waits less again', () => {
    const later = waitsFor(24 * 3600).slice(14);
    expect(later[0]).toBe(60);
    expect(later).toEqual(later.toSorted((a, b) => a - b));
    expect(later.at(-1)).toBe(900);
  });

  test('asks about a day in at most 150 rounds, and hands over long before an execution is full', () => {
    expect(waitsFor(24 * 3600).length).toBeLessThan(150);
    expect(handOverAfterRounds * 12).toBeLessThan(25_000);
  });

  test('starts slowly again after a hand-over: the time since the first round counts', () => {
    expect(waitSeconds(0, 3600_000)).toBe(360);
  });
});

describe('an execution', () => {
  test.each([
    [handOverAfterRounds - 2, 'wait'],
    [handOverAfterRounds - 1, 'hand-over'],
  ])('in round %i says %s', async (round, next) => {
    const world = new World();
    world.store.put(issuanceIn('submitted'));
    const startedAt = world.clock.now().toISOString();
    expect(await confirm({ ids: [issuanceId], startedAt, round }, world.ports())).toMatchObject({ next, startedAt });
  });

  test.each([
    [0, 'wait'],
    [expressMs - 1000, 'wait'],
    [expressMs - 999, 'hand-over'],
  ])('that is EXPRESS and began %i ms ago says %s', async (age, next) => {
    const world = new World();
    world.store.put(issuanceIn('submitted'));
    const startedAt = new Date(world.clock.now().getTime() - age).toISOString();
    const state = { ids: [issuanceId], startedAt, round: 0, express: true } as const;
    expect(await confirm(state, world.ports())).toMatchObject({ next, round: 1, express: true });
  });

  test('that is EXPRESS is done when nothing is open, however old it is', async () => {
    const state = { ids: [issuanceId], startedAt: '2026-11-22T00:00:00.000Z', round: 9, express: true } as const;
    expect(await confirm(state, new World().ports())).toMatchObject({ next: 'done' });
  });
});
