/** Runs many seeds and says what they met. */

import { type Run, type RunOptions, run } from './simulation.ts';
import type { FaultKind } from './weather.ts';

const mostShown = 20;

/** 1 when a rule was violated. */
export async function report(from: number, seeds: number, options: RunOptions): Promise<number> {
  const began = performance.now();
  const faults = new Map<FaultKind, number>();
  const ends = new Map<string, number>();
  const broken: Run[] = [];
  let steps = 0;
  let overrun = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const one = await run(seed, options);
    add(faults, one.faults);
    add(ends, one.ends);
    steps += one.steps;
    overrun += one.overrunSlots;
    if (one.violations.length > 0) broken.push(one);
    // Lets what waits for the event loop, such as the outbound client's own time-outs, be cleared away.
    if (seed % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${seeds} seeds from ${from} in ${seconds.toFixed(1)} s (${Math.round(seeds / seconds)}/s), ${steps} steps`,
  );
  show('issuances at the end', ends);
  show('faults', faults);
  console.log(`slots overrun by a worker that outlived its lease (clocks that jump): ${overrun}`);
  showViolations(broken, from);
  return broken.length === 0 ? 0 : 1;
}

function add<Key>(sums: Map<Key, number>, counts: Map<Key, number>): void {
  for (const [key, count] of counts) sums.set(key, (sums.get(key) ?? 0) + count);
}

function show(what: string, counts: Map<string, number>): void {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${what}: ${total}`);
  for (const [kind, count] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`  ${kind.padEnd(34)}${count}`);
}

function showViolations(broken: Run[], from: number): void {
  const [first] = broken;
  const caught = first === undefined ? '' : `, the first after ${first.seed - from + 1}`;
  console.log(`seeds with violations: ${broken.length}${caught}`);
  for (const { seed, violations, clocksJump } of broken.slice(0, mostShown)) {
    for (const { rule, what } of violations)
      console.log(`  seed ${seed}${clocksJump ? ' (clocks jump)' : ''}: "${rule}": ${what}`);
  }
}
