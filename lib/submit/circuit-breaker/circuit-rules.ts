/** The rules of a circuit, without reading or writing anything: closed, open for a while, or open with one probe under way. */
import type { ErrorCode } from '../../issuance/error-codes.ts';

/** Shared by all workers. Times RFC 3339, UTC, milliseconds. */
export interface Circuit {
  program: string;
  /** Counts the writes; a write names the number it read. */
  version: number;
  /** Calls in a row that failed, each of another issuance, whichever container made them. */
  failures: number;
  /** When the first of them failed. */
  since?: string;
  /** The issuance that failed last: one that always fails is no outage. */
  lastFailed?: string;
  /** How often it has opened in a row; 0 when it is closed. */
  openings: number;
  /** From then on one probe may go through. */
  openUntil?: string;
  /** The issuance that tries whether the provider is back, and until when nobody else does. */
  probe?: { id: string; until: string };
  /** What the last failure was. */
  code?: ErrorCode;
}

/** Failures in a row after which it opens. At a fault rate of a tenth this happens by chance once in ten million calls. */
export const maxFailures = 7;
/**
 * A container reads the circuit every `freshMs` at most, and only then knows of a row that its successes end. So a row
 * counts as one when it has lasted for longer: every container has had its say. Seven failures in a row within one
 * container need no such wait.
 */
export const freshMs = 1000;
const settledMs = 2 * freshMs;
/** Refusals of the whole account are never by chance. */
const maxRefusals = 3;
/** An outage that has opened the circuit more often in a row is no short one: 10, 20 and 40 seconds are over. */
export const maxShortOpenings = 3;
/** How long it stays open: doubled with each probe that fails. */
const firstOpenMs = 10_000;
const longestOpenMs = 240_000;
/** A provider may ask for more, up to this. */
const longestAskedMs = 3600_000;
/** A submission has ended by then, or its worker is dead. */
const probeMs = 60_000;

export function closedCircuit(program: string): Circuit {
  return { program, version: 0, failures: 0, openings: 0 };
}

/**
 * How long a call of this issuance has to wait, in milliseconds; 0 when it may go through, as a probe if the circuit is
 * open. A probe that has found out about its lost call hands over as the same probe.
 */
export function waitMs({ openings, openUntil, probe }: Circuit, id: string, now: Date): number {
  if (openings === 0 || (probe?.id === id && timeOf(probe.until) > now.getTime())) return 0;
  const until = Math.max(timeOf(openUntil), timeOf(probe?.until));
  return Math.max(0, until - now.getTime());
}

function timeOf(text: string | undefined): number {
  return text === undefined ? 0 : Date.parse(text);
}

/** The circuit with this issuance as its probe. */
export function probing(circuit: Circuit, id: string, now: Date): Circuit {
  const until = new Date(now.getTime() + probeMs).toISOString();
  return { ...circuit, version: circuit.version + 1, probe: { id, until } };
}

/** The circuit without this probe, which has shown nothing: the next may try at once. Undefined when it is not the probe. */
export function withoutProbe(circuit: Circuit, id: string): Circuit | undefined {
  const { probe, ...rest } = circuit;
  return probe?.id === id ? { ...rest, version: circuit.version + 1 } : undefined;
}

/** The circuit after a call that showed the provider at work; undefined when there is nothing to change. */
export function afterSuccess({ program, version, failures, openings }: Circuit): Circuit | undefined {
  if (failures === 0 && openings === 0) return undefined;
  return { ...closedCircuit(program), version: version + 1 };
}

export interface Failure {
  id: string;
  code: ErrorCode;
  /** What the provider asks for. */
  retryAfterSeconds: number | undefined;
  /** When the reporting container's own latest calls failed, with no success of its own since; this one included. */
  ownRow: readonly number[];
}

/** The circuit after a call that failed; undefined when there is nothing to change. */
export function afterFailure(circuit: Circuit, failure: Failure, now: Date): Circuit | undefined {
  const { id, code } = failure;
  const open = circuit.openings > 0;
  // Calls that were under way when it opened say nothing new.
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

/** Whether a row of failures is more than chance. */
function isOutage({ failures, since }: Circuit, { code, ownRow }: Failure, now: Date): boolean {
  if (verdictOf(code) === 'refusal') return failures >= maxRefusals;
  if (failures < maxFailures) return false;
  const own = ownRow.filter((at) => at >= timeOf(since)).length;
  return own >= maxFailures || now.getTime() - timeOf(since) >= settledMs;
}

/** Errors that say: the provider is out of order, for everyone. */
const outages: ReadonlySet<ErrorCode> = new Set([
  'provider-unavailable',
  'provider-unavailable-in-doubt',
  'provider-unreachable',
  'provider-answer-lost',
  'provider-answer-unreadable',
]);
/** Errors that say: the provider does not let this account do this. The call certainly did nothing. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'provider-refused-signature',
  'provider-refused-login',
  'provider-feature-disabled',
]);
/** Errors that say nothing of the provider. */
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

/** What the end of a call says of the provider; whatever else it answers, it answers. */
export function verdictOf(code: ErrorCode | undefined): 'works' | 'outage' | 'refusal' | 'nothing' {
  if (code === undefined) return 'works';
  if (outages.has(code)) return 'outage';
  if (refusals.has(code)) return 'refusal';
  return ours.has(code) ? 'nothing' : 'works';
}
