/** The rules of a circuit breaker as pure functions: closed, open for a time, or open with one probe in progress. */

import type { ErrorCode } from '../../issuance/error-codes.ts';
import type { IssuanceId } from '../../issuance/ids.ts';

/** Shared by all workers. Times RFC 3339, UTC, milliseconds. */
export interface Circuit {
  program: string;
  /** Counts the writes; a write names the number it read. */
  version: number;
  /** Consecutive failed calls, each of another issuance, of all containers. */
  failures: number;
  /** When the first of them failed. */
  since?: string;
  /** The issuance that failed last: a single issuance that always fails is not an outage. */
  lastFailed?: string;
  /** How often it has opened in a row; 0 if it is closed. */
  openings: number;
  /** The time from which one probe is admitted. */
  openUntil?: string;
  /** The issuance that is the probe, and until when no other is admitted. */
  probe?: { id: IssuanceId; until: string };
  /** The code of the last failure. */
  code?: ErrorCode;
}

/** Consecutive failures after which it opens. At a failure rate of a tenth this happens at random once in ten million calls. */
export const maxFailures = 7;
/**
 * A container reads the circuit breaker at most every `freshMs`, and only then knows of a series that its successes end. So a
 * series counts only if it has lasted longer, after every container could end it. Seven consecutive failures within one
 * container need no such wait.
 */
export const freshMs = 1000;
const settledMs = 2 * freshMs;
/** Refusals of the whole account are never random. */
const maxRefusals = 3;
/** An outage that has opened the circuit more often in a row is no short one: 10, 20 and 40 seconds are over. */
export const maxShortOpenings = 3;
/** How long it stays open; doubled with each failed probe. */
const firstOpenMs = 10_000;
const longestOpenMs = 240_000;
/** A provider may request more, up to this maximum. */
const longestAskedMs = 3600_000;
/** By then a submission has ended, or its worker has crashed. */
const probeMs = 60_000;

export function closedCircuit(program: string): Circuit {
  return { program, version: 0, failures: 0, openings: 0 };
}

/**
 * How long a call of this issuance has to wait, in milliseconds; 0 if it is admitted, as a probe if the circuit breaker is
 * open. A probe that has determined its lost outcome submits as the same probe.
 */
export function waitMs({ openings, openUntil, probe }: Circuit, id: IssuanceId | undefined, now: Date): number {
  if (openings === 0 || (probe !== undefined && probe.id === id && timeOf(probe.until) > now.getTime())) return 0;
  const until = Math.max(timeOf(openUntil), timeOf(probe?.until));
  return Math.max(0, until - now.getTime());
}

function timeOf(text: string | undefined): number {
  return text === undefined ? 0 : Date.parse(text);
}

/** The circuit breaker with this issuance as its probe. */
export function probing(circuit: Circuit, id: IssuanceId, now: Date): Circuit {
  const until = new Date(now.getTime() + probeMs).toISOString();
  return { ...circuit, version: circuit.version + 1, probe: { id, until } };
}

/** The circuit breaker without this probe, which had no result: the next may try at once. Undefined if it is not the probe. */
export function withoutProbe(circuit: Circuit, id: IssuanceId): Circuit | undefined {
  const { probe, ...rest } = circuit;
  return probe?.id === id ? { ...rest, version: circuit.version + 1 } : undefined;
}

/** The circuit breaker after a call that showed that the provider works; undefined if nothing changes. */
export function afterSuccess({ program, version, failures, openings }: Circuit): Circuit | undefined {
  if (failures === 0 && openings === 0) return undefined;
  return { ...closedCircuit(program), version: version + 1 };
}

export interface Failure {
  id: IssuanceId;
  code: ErrorCode;
  /** The waiting time that the provider requests. */
  retryAfterSeconds: number | undefined;
  /** The times of the reporting container's own latest failures without a success since, including this one. */
  ownRow: readonly number[];
}

/** The circuit breaker after a failed call; undefined if nothing changes. */
export function afterFailure(circuit: Circuit, failure: Failure, now: Date): Circuit | undefined {
  const { id, code } = failure;
  const open = circuit.openings > 0;
  // Calls that were in progress when it opened give no new information.
  if (open ? circuit.probe?.id !== id : circuit.lastFailed === id) return undefined;
  const { probe: _probe, openUntil: _until, ...rest } = circuit;
  const since = circuit.since ?? now.toISOString();
  const failures = circuit.failures + 1;
  const next = { ...rest, version: circuit.version + 1, failures, since, lastFailed: id, code };
  if (!open && !isOutage(next, failure, now)) return failures > maxFailures ? undefined : next;
  const asked = Math.min((failure.retryAfterSeconds ?? 0) * 1000, longestAskedMs);
  const openMs = Math.max(asked, Math.min(longestOpenMs, firstOpenMs * 2 ** Math.min(circuit.openings, 10)));
  const openUntil = new Date(now.getTime() + openMs).toISOString();
  return { ...next, openings: circuit.openings + 1, openUntil };
}

/** Whether a series of failures is not random. */
function isOutage({ failures, since }: Circuit, { code, ownRow }: Failure, now: Date): boolean {
  if (verdictOf(code) === 'refusal') return failures >= maxRefusals;
  if (failures < maxFailures) return false;
  const own = ownRow.filter((at) => at >= timeOf(since)).length;
  return own >= maxFailures || now.getTime() - timeOf(since) >= settledMs;
}

/** Errors that mean that the provider is unavailable for everyone. */
const outages: ReadonlySet<ErrorCode> = new Set([
  'provider-unavailable',
  'provider-unavailable-in-doubt',
  'provider-unreachable',
  'provider-answer-lost',
  'provider-answer-unreadable',
  'lookup-unavailable',
]);
/** Errors that mean that the provider does not allow this account to do this. The call certainly did nothing. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'provider-refused-signature',
  'provider-refused-login',
  'provider-feature-disabled',
  'lookup-refused',
]);
/** Errors that say nothing about the provider. */
const ours: ReadonlySet<ErrorCode> = new Set([
  'signing-key-unavailable',
  'secret-unavailable',
  'program-removed',
  'lease-lost',
  'slot-busy',
  'circuit-open',
  'calls-limited',
  'outcome-settling',
  'outcome-unknown',
]);

/** What the result of a call says about the provider; any other answer shows that it works. */
export function verdictOf(code: ErrorCode | undefined): 'works' | 'outage' | 'refusal' | 'nothing' {
  if (code === undefined) return 'works';
  if (outages.has(code)) return 'outage';
  if (refusals.has(code)) return 'refusal';
  return ours.has(code) ? 'nothing' : 'works';
}
