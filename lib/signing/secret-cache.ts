/** What was made of a secret, kept in memory: fresh for a while, the last good value for a while longer. */
import type { ErrorCode } from '../issuance/error-codes.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';

export interface CacheTimes {
  freshMs: number;
  /** How long a value serves while the secret cannot be read. */
  staleMs: number;
  /** Least time between two reads that were asked for: whoever refuses everything must not make every call read. */
  refreshEveryMs: number;
}

/** Both throw the code of the cache when there is no value that is young enough, or the IssuanceError of its making. */
export interface SecretCache<Value> {
  read(): Promise<Value>;
  /** Reads again, as the last value was not accepted; but not more often than every few seconds. */
  refresh(): Promise<Value>;
}

/** `load` reads the secret and makes the value, given the last good one. Many that ask at once share one read. */
export function secretCache<Value>(
  load: (before: Value | undefined) => Promise<Value>,
  times: CacheTimes,
  now: () => Date,
  code: ErrorCode,
): SecretCache<Value> {
  let kept: { value: Value; readAt: number } | undefined;
  let loading: Promise<{ value: Value; readAt: number }> | undefined;
  let refreshedAt = Number.NEGATIVE_INFINITY;

  const age = () => (kept === undefined ? Number.POSITIVE_INFINITY : now().getTime() - kept.readAt);
  const start = async () => ({ value: await load(kept?.value), readAt: now().getTime() });

  async function readNow(): Promise<Value> {
    const before = age();
    loading ??= start().finally(() => {
      loading = undefined;
    });
    try {
      kept = await loading;
      return kept.value;
    } catch (error) {
      if (kept !== undefined && before < times.staleMs) return kept.value;
      if (error instanceof IssuanceError) throw error;
      throw new IssuanceError(code, { cause: error });
    }
  }

  const read = async () => (kept !== undefined && age() < times.freshMs ? kept.value : readNow());
  return {
    read,
    async refresh() {
      const time = now().getTime();
      const isDue = time - refreshedAt > times.refreshEveryMs;
      if (isDue) refreshedAt = time;
      return isDue || loading !== undefined ? readNow() : read();
    },
  };
}
