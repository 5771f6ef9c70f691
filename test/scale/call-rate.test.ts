/** A ceiling on calls over many containers: never exceeded by more than a fifth, used to four fifths, and cheap. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figure } from '../figures.ts';
import { extremesOf, type RateTrial, tryCallRate, windowMs } from './call-rate-trial.ts';

/** Clocks of so many containers, evenly apart over so many milliseconds. */
const clocksOf = (containers: number, apartMs: number) =>
  Array.from({ length: containers }, (_, index) => (index / Math.max(1, containers - 1) - 0.5) * apartMs);

const busy = { seed: 52, atOnce: 10, pauseMs: 50, callMs: 600, seconds: 60 };

/** Calls a window may hold under the ceiling. */
const perWindow = ({ callsPerSecond }: RateTrial) => (callsPerSecond * windowMs) / 1000;

const layouts: [string, RateTrial][] = [
  ['1 a second, 5 containers', { ...busy, callsPerSecond: 1, clocks: clocksOf(5, 1000), seconds: 120 }],
  ['10 a second, 50 containers', { ...busy, callsPerSecond: 10, clocks: clocksOf(50, 1000) }],
  ['50 a second, 5 containers', { ...busy, callsPerSecond: 50, clocks: clocksOf(5, 1000) }],
  ['200 a second, 20 containers', { ...busy, callsPerSecond: 200, clocks: clocksOf(20, 1000), seconds: 40 }],
];

describe('fault 52: a ceiling of our own, with more work than it lets out and clocks a second apart', () => {
  test.for(layouts)('%s: within a fifth in every ten seconds', async ([what, trial], context) => {
    const { calls, claims } = await tryCallRate(trial);
    const { fewest, most } = extremesOf(calls, trial.seconds * 1000);
    const share = (count: number) => `${((100 * count) / perWindow(trial)).toFixed(0)} %`;
    figure(
      context,
      `${what}: in any ten seconds ${share(fewest)} to ${share(most)} of callsPerSecond; ` +
        `${(claims / calls.length).toFixed(2)} conditional writes a call`,
    );
    expect(most).toBeLessThanOrEqual(1.2 * perWindow(trial));
    expect(fewest).toBeGreaterThanOrEqual(0.8 * perWindow(trial));
    // A claim takes a second's calls at most, so few calls a second cost a write each, and refused claims some more.
    if (trial.callsPerSecond >= 50) expect(claims / calls.length).toBeLessThan(0.1);
  });

  test('containers that die with what they have taken waste it, and no more', async (context) => {
    const trial = { ...busy, callsPerSecond: 50, clocks: clocksOf(5, 1000), lifeMs: 20_000 };
    const { calls } = await tryCallRate(trial);
    const { fewest, most } = extremesOf(calls, trial.seconds * 1000);
    const share = (100 * fewest) / perWindow(trial);
    figure(
      context,
      `50 a second, a container dies every four seconds: at least ${share.toFixed(0)} % in any ten seconds`,
    );
    expect(most).toBeLessThanOrEqual(1.2 * perWindow(trial));
    // Two or three die in a window, each with a fifth of a second's calls to a whole one's.
    expect(fewest).toBeGreaterThanOrEqual(0.7 * perWindow(trial));
  });
});

test('fault 52: whatever the containers, their demand and their clocks, no ten seconds have a fifth too many', async () => {
  const layout = fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    callsPerSecond: fc.constantFrom(0.5, 1, 2.5, 7, 30, 90),
    clocks: fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 12 }),
    atOnce: fc.integer({ min: 1, max: 12 }),
    pauseMs: fc.constantFrom(5, 100, 2000),
    callMs: fc.constantFrom(50, 600, 5000),
    lifeMs: fc.option(fc.constantFrom(2000, 15_000), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(layout, async ({ lifeMs, ...rest }) => {
      const trial: RateTrial = { ...rest, seconds: 30, ...(lifeMs !== undefined && { lifeMs }) };
      const { calls } = await tryCallRate(trial);
      // One more: a window may begin and end with a call.
      expect(extremesOf(calls, trial.seconds * 1000).most).toBeLessThanOrEqual(1.2 * perWindow(trial) + 1);
    }),
    { numRuns: 40 },
  );
});
