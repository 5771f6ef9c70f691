/** Time-outs that hang together, derived from the one setting there is: how long a call to a provider may take. */
import type { Limits } from './environment.ts';

export interface Timings {
  /** One call to a provider. */
  callSeconds: number;
  /**
   * Name, connection and TLS handshake of a call. A third of the call: what has not connected by then was certainly not
   * sent, and two thirds are left for the answer of what has.
   */
  connectSeconds: number;
  /** A submission may need several: find out about a lost call (ask, look up), refetch the key, post. */
  functionSeconds: number;
  /** A lease outlives the function that took it, so that a lease that ran out has no living holder. */
  leaseSeconds: number;
  /** AWS recommends six times the function's time-out; a little more, so that retries inside a batch fit. */
  visibilitySeconds: number;
  /** After the end of a call that was lost: how long until it can no longer be carried out. */
  settlingSeconds: number;
}

const callsPerSubmission = 6;
/** A call of AWS that is never answered ends within this time, all tries together (lib/aws/client-settings.ts). */
const leastFunctionSeconds = 20;
/** A provider may carry out a call so many deadlines after the deadline was over. */
const latenessInCalls = 2;
/** Two clocks of ours that are apart, and times in whole seconds. */
const clocksApartSeconds = 2;

/** The timings of an environment, in seconds. */
export function timingsOf(limits: Pick<Limits, 'providerCallSeconds' | 'settlingSeconds'>): Timings {
  const callSeconds = limits.providerCallSeconds;
  const functionSeconds = Math.max(leastFunctionSeconds, callsPerSubmission * callSeconds);
  return {
    callSeconds,
    connectSeconds: callSeconds / 3,
    functionSeconds,
    leaseSeconds: functionSeconds + callSeconds,
    visibilitySeconds: 6 * functionSeconds + 30,
    // A call can be cut off right after it was sent: then its own deadline is still to come.
    settlingSeconds: limits.settlingSeconds ?? callSeconds + latenessInCalls * callSeconds + clocksApartSeconds,
  };
}

type DurationLimit = 'providerCallSeconds' | 'settlingSeconds' | 'pollDeadlineHours' | 'retryHours' | 'retentionDays';

/** What the use cases are told, in milliseconds. */
export interface Durations {
  callMs: number;
  connectMs: number;
  leaseMs: number;
  settlingMs: number;
  deadlineMs: number;
  retryMs: number;
  retentionMs: number;
}

/** The durations of an environment. */
export function durationsOf(limits: Pick<Limits, DurationLimit>): Durations {
  const { callSeconds, connectSeconds, leaseSeconds, settlingSeconds } = timingsOf(limits);
  const hour = 3600_000;
  return {
    callMs: callSeconds * 1000,
    connectMs: connectSeconds * 1000,
    leaseMs: leaseSeconds * 1000,
    settlingMs: settlingSeconds * 1000,
    deadlineMs: limits.pollDeadlineHours * hour,
    retryMs: limits.retryHours * hour,
    retentionMs: limits.retentionDays * 24 * hour,
  };
}
