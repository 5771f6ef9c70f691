/** Many containers with the real ceiling over one store, in virtual time: how many calls they make, and how many claims. */
import { AccountCalls } from '../../lib/providers/call-rate/account-calls.ts';
import type { CallTimes } from '../../lib/providers/call-rate/ports.ts';
import { InMemoryCallTimes } from '../fakes/in-memory-call-times.ts';
import { Random } from '../simulation/random.ts';
import { Timeline } from '../simulation/timeline.ts';

export interface RateTrial {
  seed: number;
  callsPerSecond: number;
  /** A container for each: how far its clock is off, in milliseconds. */
  clocks: readonly number[];
  /** Calls that one container makes at once. */
  atOnce: number;
  /** Between two calls of one place, in milliseconds, on average. */
  pauseMs: number;
  /** Longest that a call takes. */
  callMs: number;
  /** A container lives for so long on average, and dies with what it has taken; another takes its place. */
  lifeMs?: number;
  seconds: number;
  times?: CallTimes;
}

export interface RateReport {
  /** Times of the calls since the beginning, in milliseconds, earliest first. */
  calls: readonly number[];
  claims: number;
  refused: number;
}

const [maxWaitMs, maxTableMs] = [2000, 1000];

export async function tryCallRate(trial: RateTrial): Promise<RateReport> {
  const random = new Random(trial.seed);
  const timeline = new Timeline(Date.parse('2026-11-22T09:00:00.000Z'));
  const began = timeline.now;
  const endMs = trial.seconds * 1000;
  const store = new InMemoryCallTimes();
  const calls: number[] = [];
  let refused = 0;
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => timeline.after(milliseconds, resolve));
  const distant: CallTimes = {
    async take(account, claim) {
      await sleep(random.between(2, 15));
      const beginning = await (trial.times ?? store).take(account, claim);
      await sleep(random.between(2, 15));
      return beginning;
    },
  };

  async function place(container: AccountCalls, isAlive: () => boolean): Promise<void> {
    await sleep(random.between(0, 2 * trial.pauseMs));
    while (isAlive()) {
      const made = await container.next().then(
        () => true,
        () => false,
      );
      if (!isAlive()) return;
      if (made) calls.push(timeline.now - began);
      else refused += 1;
      await sleep(made ? random.between(Math.ceil(trial.callMs / 4), trial.callMs) : random.between(100, 2000));
      await sleep(random.between(1, 2 * trial.pauseMs));
    }
  }

  function start(clockMs: number): void {
    const settings = {
      account: 'one',
      callsPerSecond: trial.callsPerSecond,
      maxWaitMs,
      maxTableMs,
      place: 'worker' as const,
    };
    const log = { write: () => undefined };
    const container = new AccountCalls(settings, { times: distant, now: () => timeline.now + clockMs, sleep, log });
    let alive = true;
    for (let each = 0; each < trial.atOnce; each += 1) void place(container, () => alive);
    if (trial.lifeMs === undefined) return;
    timeline.after(random.between(1, 2 * trial.lifeMs), () => {
      alive = false;
      start(clockMs);
    });
  }

  for (const clockMs of trial.clocks) start(clockMs);
  await timeline.run(() => timeline.now - began > endMs);
  return { calls, claims: store.claims, refused };
}

export const windowMs = 10_000;

/** The fewest and the most calls in any ten seconds, but for the first ten; windows begin or end with a call. */
export function extremesOf(calls: readonly number[], endMs: number): { fewest: number; most: number } {
  let most = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (let first = 0, last = 0; first < calls.length; first += 1) {
    const begin = calls[first] ?? 0;
    while (last < calls.length && (calls[last] ?? 0) < begin + windowMs) last += 1;
    most = Math.max(most, last - first);
    // Without the call that begins it, the window has one call less.
    if (begin >= windowMs && begin + windowMs <= endMs) fewest = Math.min(fewest, last - first - 1);
  }
  return { fewest, most };
}
