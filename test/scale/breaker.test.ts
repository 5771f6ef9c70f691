/** What a circuit makes of failures that come by chance, and of a real outage, over many containers. */
import { describe, expect, test } from 'vitest';
import { figure } from '../figures.ts';
import { type Trial, type TrialReport, tryCircuit } from './circuit-trial.ts';

const enough = 100_000;

type Layout = [string, Pick<Trial, 'containers' | 'atOnce' | 'pauseMs'>];

/** Busy and idle, few containers and many. */
const layouts: Layout[] = [
  ['5 containers of 10 calls at once', { containers: 5, atOnce: 10, pauseMs: 1 }],
  ['100 containers of 10 calls at once', { containers: 100, atOnce: 10, pauseMs: 1_500 }],
  ['40 containers, each idle at times', { containers: 40, atOnce: 1, pauseMs: 3_000 }],
  ['100 containers, each once in a quarter of an hour', { containers: 100, atOnce: 1, pauseMs: 900_000 }],
];

const rateOf = ({ calls, elapsedMs }: TrialReport) => (calls / elapsedMs) * 1000;

describe('fault 55: a tenth of the calls fails by chance', () => {
  test.for(layouts)('and the circuit stays closed: %s', async ([what, layout], context) => {
    const report = await tryCircuit({
      seed: 55,
      ...layout,
      callMs: 400,
      fails: (_elapsedMs, random) => random.chance(0.1),
      over: ({ calls }) => calls >= enough,
    });
    const { openedAt, calls, failures, reads, writes } = report;
    figure(
      context,
      `${what} (${rateOf(report).toFixed(1)} calls/s): ${openedAt.length} openings in ${calls} calls, of which ${failures} failed; ` +
        `${(reads / calls).toFixed(2)} reads and ${(writes / calls).toFixed(2)} writes a call`,
    );
    expect(failures).toBeGreaterThan(enough / 12);
    expect(openedAt.length).toBeLessThanOrEqual(1);
  });
});

describe('fault 55: a real outage', () => {
  const beginsMs = 60_000;

  test.for(layouts.slice(0, 3))('opens the circuit at once: %s', async ([what, layout], context) => {
    const report = await tryCircuit({
      seed: 56,
      ...layout,
      callMs: 400,
      fails: (elapsedMs) => elapsedMs > beginsMs,
      over: ({ elapsedMs, openedAt: [opened = 2 * beginsMs] }) => elapsedMs > opened + 1000,
    });
    const openAfterMs = (report.openedAt[0] ?? Number.POSITIVE_INFINITY) - beginsMs;
    figure(
      context,
      `${what}: open after ${openAfterMs} ms and ${report.failures} failed calls, those under way included`,
    );
    expect(openAfterMs).toBeLessThan(5_000);
    expect(report.failures).toBeLessThan(layout.containers * layout.atOnce + 200);
  });
});
