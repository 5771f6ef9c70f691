/** What a healthy program notices of another one whose account has more work than its ceiling on calls lets out. */
import { expect, test } from 'vitest';
import { figure } from '../figures.ts';
import { extremesOf, windowMs } from './call-rate-trial.ts';
import { healthy, hanging as limited, percentile, SharedWorkers } from './shared-workers.ts';

const minute = 60_000;
const callsPerSecond = 10;
const both = { [healthy]: 20, [limited]: 20 };

test('fault 52: the p95 of a healthy program beside a limited one is within twice its quiet value', async (context) => {
  const quiet = new SharedWorkers(52);
  await quiet.run(4 * minute, { [healthy]: both[healthy] });
  const before = percentile(quiet.waited(healthy, quiet.now - 3 * minute, quiet.now - minute).submitted, 0.95);

  const system = new SharedWorkers(52, { [limited]: { callsPerSecond } });
  await system.run(8 * minute, both);
  const from = system.now;
  await system.run(6 * minute, both);
  const to = system.now;
  await system.run(minute, {});
  const beside = percentile(system.waited(healthy, from, to).submitted, 0.95);
  const calls = system.callsOf(limited, from - windowMs, to).map((time) => time - (from - windowMs));
  const { fewest, most } = extremesOf(calls, to - from + windowMs);
  const perWindow = (callsPerSecond * windowMs) / 1000;
  const percent = (count: number) => `${((100 * count) / perWindow).toFixed(0)} %`;
  figure(
    context,
    `p95 until submitted, 20 events a second: ${(before / 1000).toFixed(2)} s alone, ${(beside / 1000).toFixed(2)} s beside 20 events ` +
      `a second for an account with ${callsPerSecond} calls a second, which makes ${percent(fewest)} to ${percent(most)} of them in any ten seconds`,
  );
  expect(beside).toBeLessThanOrEqual(2 * before);
  expect(most).toBeLessThanOrEqual(1.2 * perWindow);
  expect(fewest).toBeGreaterThanOrEqual(0.8 * perWindow);
});
