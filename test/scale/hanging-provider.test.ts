/** What a healthy program notices of another one whose provider has been hanging for hours, behind the same workers. */
import { expect, test } from 'vitest';
import { figure } from '../figures.ts';
import { hanging, healthy, percentile, SharedWorkers, type Waited } from './shared-workers.ts';

const minute = 60_000;
/** Nine tenths of what five workers with batches of ten can do, if both programs are healthy. */
const busy = 25;
const calm = 0.2;

/** What events of the healthy program waited in this time, with warm workers and so many events a second of each program. */
async function measured(system: SharedWorkers, perSecond: Readonly<Record<string, number>>): Promise<Waited> {
  await system.run(2 * minute, perSecond);
  const from = system.now;
  // Two probes of an open circuit and more: they are four minutes apart.
  await system.run(9 * minute, perSecond);
  const to = system.now;
  await system.run(minute, {});
  return system.waited(healthy, from, to);
}

test('fault 49: hours into it, the p95 of a healthy program beside it is within twice its quiet value', async (context) => {
  const quiet = await measured(new SharedWorkers(49), { [healthy]: busy });

  const system = new SharedWorkers(49);
  await system.run(2 * minute, { [healthy]: calm, [hanging]: calm });
  system.hang(hanging);
  await system.run(6 * 60 * minute - 2 * minute, { [healthy]: calm, [hanging]: calm });
  system.forgetMostHanging();
  const beside = await measured(system, { [healthy]: busy, [hanging]: busy });

  for (const what of ['submitted', 'confirmed'] as const) {
    const [before, now] = [percentile(quiet[what], 0.95), percentile(beside[what], 0.95)];
    figure(
      context,
      `p95 until ${what}, ${busy} events a second: ${(before / 1000).toFixed(2)} s alone, ${(now / 1000).toFixed(2)} s beside ` +
        `${busy} events a second of a program whose provider has been hanging for six hours`,
    );
    expect(beside[what].length).toBeGreaterThan(8 * 60 * busy);
    expect(now).toBeLessThanOrEqual(2 * before);
  }
  figure(context, `and ${system.mostHanging} call of the workers was with that provider at once`);
  expect(system.mostHanging).toBe(1);
});
