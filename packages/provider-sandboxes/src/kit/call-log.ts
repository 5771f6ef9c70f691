/** The calls of a sandbox: permanent counters, and the details of the most recent calls. */

/** One call; `outcome` is what the operation decided (null: it never ran), `answered` the status that was sent (null: none). */
export interface Call {
  readonly at: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly outcome: number | null;
  readonly answered: number | null;
  readonly faults: readonly string[];
  readonly ms: number;
  readonly notes: Readonly<Record<string, unknown>>;
}

/** The counters of one operation; the keys of `byOutcome` and `byAnswer` are statuses or `none`. */
interface OperationCount {
  calls: number;
  byOutcome: Record<string, number>;
  byAnswer: Record<string, number>;
  byFault: Record<string, number>;
}

/** Counters by operation and the recent calls, oldest first. */
export interface CallReport {
  readonly total: number;
  readonly byOperation: Readonly<Record<string, OperationCount>>;
  readonly recent: readonly Call[];
}

/** Records calls and reports them. */
export interface CallLog {
  record(call: Call): void;
  report(recent?: number): CallReport;
}

function countIn(counters: Record<string, number>, key: string): void {
  counters[key] = (counters[key] ?? 0) + 1;
}

/** Creates a log that keeps the details of the last `limit` calls. */
export function createCallLog(limit = 1000): CallLog {
  const byOperation: Record<string, OperationCount> = {};
  const ring: Call[] = [];
  let total = 0;
  const recentCalls = () => [...ring.slice(total % limit), ...ring.slice(0, total % limit)];
  return {
    record: (call) => {
      ring[total % limit] = call;
      total += 1;
      byOperation[call.operation] ??= { calls: 0, byOutcome: {}, byAnswer: {}, byFault: {} };
      const counters = byOperation[call.operation];
      if (counters === undefined) return;
      counters.calls += 1;
      countIn(counters.byOutcome, String(call.outcome ?? 'none'));
      countIn(counters.byAnswer, String(call.answered ?? 'none'));
      for (const fault of call.faults) countIn(counters.byFault, fault);
    },
    report: (recent = limit) => ({
      total,
      byOperation: structuredClone(byOperation),
      recent: recent > 0 ? recentCalls().slice(-recent) : [],
    }),
  };
}
