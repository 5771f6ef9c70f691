/** Runs work in the background, a few at a time and in the order given. */

/** `idle` resolves once nothing is left to do. */
export interface BoundedRunner {
  run(work: () => Promise<void>): void;
  idle(): Promise<void>;
}

/** Makes a runner; `limit` is how many pieces of work run at once. The work must not reject. */
export function createBoundedRunner(limit: number): BoundedRunner {
  const waiting: (() => Promise<void>)[] = [];
  const running = new Set<Promise<void>>();
  const startNext = () => {
    const work = running.size < limit ? waiting.shift() : undefined;
    if (work === undefined) return;
    const run: Promise<void> = work().finally(() => {
      running.delete(run);
      startNext();
    });
    running.add(run);
  };
  return {
    run: (work) => {
      waiting.push(work);
      startNext();
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
