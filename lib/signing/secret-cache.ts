/** A cache of a value that is derived from a secret: fresh for a time, and usable for longer if the secret cannot be read. */
import type { ErrorCode } from '../issuance/error-codes.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';

export interface CacheTimes {
  freshMs: number;
  /** How long a value is used while the secret cannot be read. */
  staleMs: number;
  /** Minimum time between two requested reads: a provider that refuses everything must not cause a read per call. */
  refreshEveryMs: number;
}

/** Both throw the code of the cache if no value is recent enough, or the IssuanceError of its derivation. */
export interface SecretCache<Value> {
  read(): Promise<Value>;
  /** Reads the secret again, because the last value was not accepted; at most once every few seconds. */
  refresh(): Promise<Value>;
}

/** `load` reads the secret and derives the value, given the last valid value. Simultaneous calls share one read. */
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
