/** What becomes of a message: deleted, or sent again with a delay, which is logged. */
import { secondsSince } from '../issuance/due.ts';
import type { ErrorCode } from '../issuance/error-codes.ts';
import type { Issuance } from '../issuance/issuance.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';
import type { Log } from '../issuance/log-events.ts';
import type { Clock } from '../issuance/ports.ts';
import { maxMessages, retryDelaySeconds, waitsInTable } from '../issuance/retry-delay.ts';

/** What to do with the message. */
export type SubmitEnd =
  /** Delete it; `poll` means that the status of the issuance should now be polled. */
  | { end: 'done'; poll: boolean }
  /** Send it again with this delay. */
  | { end: 'again'; delaySeconds: number };

export interface DelayPorts {
  log: Log;
  clock: Clock;
  random: () => number;
}

type Tried = Pick<Issuance, 'waiting' | 'attempt'>;

/** When it is tried next, and where it waits. An issuance from the waiting room is tried once and returns there. */
export function nextTry({ waiting, attempt }: Tried, error: IssuanceError, tried: number, { random }: DelayPorts) {
  const tries = waiting ? maxMessages : Math.max(tried, attempt?.number ?? 0);
  const delaySeconds = retryDelaySeconds(error.code, tries, error.retryAfterSeconds ?? 0, random);
  return { delaySeconds, inTable: waitsInTable(error.code, tries, delaySeconds) };
}

/** It waits in the table, without a message. */
export function inTable(
  issuance: Issuance,
  { code }: IssuanceError,
  delaySeconds: number,
  ports: DelayPorts,
): SubmitEnd {
  writeDelay(issuance, { code, delaySeconds, waits: 'in the table' }, ports);
  return { end: 'done', poll: false };
}

/** It waits on the queue, as a new message. */
export function onQueue(
  issuance: Issuance,
  { code }: IssuanceError,
  delaySeconds: number,
  ports: DelayPorts,
): SubmitEnd {
  writeDelay(issuance, { code, delaySeconds, waits: 'on the queue' }, ports);
  return { end: 'again', delaySeconds };
}

interface Delay {
  code: ErrorCode;
  delaySeconds: number;
  waits: 'on the queue' | 'in the table';
}

function writeDelay({ id, program, queuedAt }: Issuance, delay: Delay, { log, clock }: DelayPorts): void {
  const waitSeconds = secondsSince(queuedAt, clock.now()) + delay.delaySeconds;
  log.write({ event: 'submission-delayed', id, program, ...delay, waitSeconds });
}
