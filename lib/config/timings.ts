/** Time-outs that depend on each other, derived from one setting: how long a call to a provider may take. */
import type { Limits } from './environment.ts';

export interface Timings {
  /** One call to a provider. */
  callSeconds: number;
  /**
   * Name, connection and TLS handshake of a call. A third of the call: a call that is not connected by then was certainly
   * not sent, and two thirds remain for the answer of a call that is.
   */
  connectSeconds: number;
  /** A submission may need several calls: determine a lost outcome (ask, look up), read the key again, post. */
  functionSeconds: number;
  /** A lease outlasts the function that took it, so that the owner of an expired lease no longer runs. */
  leaseSeconds: number;
  /** The longest that one CheckStatus of the state machine takes, slightly more than the function's time-out. */
  checkSeconds: number;
  /**
   * How long after its start an EXPRESS execution may begin a round: the round and a hand-over still end within its five
   * minutes. 0 or less if the function may take too long; then all polling is done by STANDARD executions.
   */
  expressSeconds: number;
  /** Six times the function's time-out, as AWS recommends, and half a minute for retries within a batch. */
  visibilitySeconds: number;
  /** How long after its end a lost call can still be carried out. */
  settlingSeconds: number;
}

const callsPerSubmission = 6;
/** An EXPRESS execution of Step Functions ends after five minutes. */
export const expressLimitSeconds = 300;
/** Time for starting a STANDARD execution, with its retries. */
const handOverSeconds = 30;
/** A call to AWS that is never answered ends within this time, all attempts together (lib/aws/client-settings.ts). */
const leastFunctionSeconds = 20;
/** A provider may carry out a call up to this many deadlines after its deadline. */
const latenessInCalls = 2;
/** Differences between two of our clocks, and times in whole seconds. */
const clocksApartSeconds = 2;

/** The timings of an environment, in seconds. */
export function timingsOf(limits: Pick<Limits, 'providerCallSeconds' | 'settlingSeconds'>): Timings {
  const callSeconds = limits.providerCallSeconds;
  const functionSeconds = Math.max(leastFunctionSeconds, callsPerSubmission * callSeconds);
  const checkSeconds = functionSeconds + 5;
  return {
    callSeconds,
    connectSeconds: callSeconds / 3,
    functionSeconds,
    leaseSeconds: functionSeconds + callSeconds,
    checkSeconds,
    expressSeconds: expressLimitSeconds - checkSeconds - handOverSeconds,
    visibilitySeconds: 6 * functionSeconds + 30,
    // A call can be interrupted right after it was sent, with its whole deadline still ahead.
    settlingSeconds: limits.settlingSeconds ?? callSeconds + latenessInCalls * callSeconds + clocksApartSeconds,
  };
}

type DurationLimit = 'providerCallSeconds' | 'settlingSeconds' | 'pollDeadlineHours' | 'retryHours' | 'retentionDays';

/** The durations that the use cases need, in milliseconds. */
export interface Durations {
  callMs: number;
  connectMs: number;
  leaseMs: number;
  settlingMs: number;
  /** See Timings.expressSeconds. */
  expressMs: number;
  deadlineMs: number;
  retryMs: number;
  retentionMs: number;
}

/** The durations of an environment. */
export function durationsOf(limits: Pick<Limits, DurationLimit>): Durations {
  const { callSeconds, connectSeconds, leaseSeconds, settlingSeconds, expressSeconds } = timingsOf(limits);
  const hour = 3600_000;
  return {
    callMs: callSeconds * 1000,
    connectMs: connectSeconds * 1000,
    leaseMs: leaseSeconds * 1000,
    settlingMs: settlingSeconds * 1000,
    expressMs: expressSeconds * 1000,
    deadlineMs: limits.pollDeadlineHours * hour,
    retryMs: limits.retryHours * hour,
    retentionMs: limits.retentionDays * 24 * hour,
  };
}
