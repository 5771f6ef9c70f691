/** Time and chance, which tests replace. */

export interface Timing {
  /** Milliseconds. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** Waits; rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realTiming: Timing = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep(milliseconds, signal) {
    return new Promise((done, failed) => {
      signal?.throwIfAborted();
      const stop = () => {
        clearTimeout(timer);
        failed(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        done();
      }, milliseconds);
      signal?.addEventListener('abort', stop, { once: true });
    });
  },
};
