/** Many containers with the real circuits over one store, in virtual time: how often and how soon a circuit opens. */

import { type IssuanceId, issuanceId } from '../../lib/issuance/ids.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { SharedCircuitBreaker } from '../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { guardedCall } from '../../lib/submit/circuit-breaker/guarded-call.ts';
import type { CircuitBreaker, CircuitStore } from '../../lib/submit/circuit-breaker/ports.ts';
import { InMemoryCircuits } from '../fakes/in-memory-circuits.ts';
import { Random } from '../simulation/random.ts';
import { Timeline } from '../simulation/timeline.ts';

export interface Trial {
  seed: number;
  containers: number;
  /** Calls that one container makes at once. */
  atOnce: number;
  /** Between the end of a call and the next one of its place, in milliseconds, on average. */
  pauseMs: number;
  /** Longest that a call takes. */
  callMs: number;
  /** Whether the call fails that ends at this time since the beginning. */
  fails(elapsedMs: number, random: Random): boolean;
  /** The trial is over when it says so. */
  over(report: TrialReport): boolean;
}

export interface TrialReport {
  calls: number;
  failures: number;
  /** Times since the beginning, in milliseconds. */
  openedAt: number[];
  elapsedMs: number;
  reads: number;
  writes: number;
}

const program = 'kyc';

export async function tryCircuit(trial: Trial): Promise<TrialReport> {
  const random = new Random(trial.seed);
  const timeline = new Timeline(Date.parse('2026-11-22T09:00:00.000Z'));
  const began = timeline.now;
  const store = new InMemoryCircuits();
  const report: TrialReport = { calls: 0, failures: 0, openedAt: [], elapsedMs: 0, reads: 0, writes: 0 };
  const clock = { now: () => new Date(timeline.now) };
  const log = {
    write(entry: { event: string }) {
      if (entry.event === 'circuit-opened') report.openedAt.push(timeline.now - began);
    },
  };
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => timeline.after(milliseconds, resolve));

  async function call(container: CircuitBreaker, id: IssuanceId): Promise<void> {
    try {
      await container.admit(program, id);
    } catch {
      return;
    }
    const work = async () => {
      await sleep(random.between(Math.ceil(trial.callMs / 4), trial.callMs));
      report.calls += 1;
      if (!trial.fails(timeline.now - began, random)) return;
      report.failures += 1;
      throw new IssuanceError('provider-unavailable');
    };
    await guardedCall({ what: 'submit', program, id, call: work }, container).catch(() => undefined);
  }

  async function place(container: CircuitBreaker, name: string): Promise<void> {
    for (let count = 1; ; count += 1) {
      await sleep(random.between(1, 2 * trial.pauseMs));
      await call(container, issuanceId(`iss_${name}-${count}`));
    }
  }

  for (let number = 0; number < trial.containers; number += 1) {
    const container = new SharedCircuitBreaker({
      store: distant(store, () => sleep(random.between(3, 20))),
      clock,
      log,
    });
    for (let each = 0; each < trial.atOnce; each += 1) void place(container, `${number}-${each}`);
  }
  await timeline.run(() => trial.over({ ...report, elapsedMs: timeline.now - began }));
  return { ...report, elapsedMs: timeline.now - began, reads: store.reads, writes: store.writes };
}

/** The store as a container has it: the way there and back takes time. */
function distant(store: InMemoryCircuits, travel: () => Promise<void>): CircuitStore {
  return {
    async get(name) {
      await travel();
      const circuit = await store.get(name);
      await travel();
      return circuit;
    },
    async replace(next) {
      await travel();
      const replaced = await store.replace(next);
      await travel();
      return replaced;
    },
  };
}
