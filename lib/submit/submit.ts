/** Submit: hands the credential to the provider exactly once, under the slot's lease, whatever happened before. */

import { after } from '../issuance/due.ts';
import type { ErrorCode } from '../issuance/error-codes.ts';
import { eventOf } from '../issuance/event.ts';
import type { IssuanceId } from '../issuance/ids.ts';
import { countInVain, rememberSuperseded } from '../issuance/in-vain.ts';
import { type Issuance, isIn, isToLookUp, type Reason } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { superseded } from '../issuance/transitions/ends.ts';
import { waiting } from '../issuance/transitions/submission.ts';
import { write } from '../issuance/write.ts';
import { type AttemptPorts, SubmissionAttempt } from './attempt.ts';
import type { Taken } from './attempt-record.ts';
import type { CallsLeft } from './calls-left.ts';
import { type LeasePorts, takeLease } from './lease.ts';
import { type LookUpPorts, lookUp } from './look-up.ts';
import { type DelayPorts, inTable, nextTry, onQueue, type SubmitEnd } from './submit-end.ts';

export interface SubmitPorts extends AttemptPorts, LeasePorts, LookUpPorts, DelayPorts {
  callsLeft: CallsLeft;
}

/** With these codes, another worker may be writing the record. */
const othersAtWork: readonly ErrorCode[] = ['slot-busy', 'lease-lost'];

/**
 * Processes the issuance that a message names. `tries` counts from 1. Throws `issuance-missing`; any other error is an
 * internal error, and the message should be tried again.
 */
export async function submit(id: IssuanceId, tries: number, ports: SubmitPorts): Promise<SubmitEnd> {
  const issuance = await ports.store.get(id);
  if (issuance === undefined) throw new IssuanceError('issuance-missing');
  if (!isIn(issuance, 'moves', 'worker')) return settled(issuance, tries, ports);
  if (!isToLookUp(issuance)) return handOver(issuance, tries, ports);
  const found = await lookUp(issuance, tries, ports);
  return 'end' in found ? found : handOver(found, tries, ports);
}

async function handOver(issuance: Taken, tries: number, ports: SubmitPorts): Promise<SubmitEnd> {
  const held = await heldBack(issuance, tries, ports);
  if (held !== undefined) return held;
  try {
    const slot = await takeLease(issuance, ports);
    if (slot === 'overtaken') return await supersede(issuance, ports);
    const poll = await new SubmissionAttempt(issuance, slot, ports).take();
    return { end: 'done', poll };
  } catch (error) {
    if (!(error instanceof IssuanceError) || error.kind === 'message') throw error;
    return again(issuance, error, tries, ports);
  }
}

/**
 * Published again, because an earlier delivery may have ended between its write and the announcement. SQS need not have
 * counted that delivery when this message was received.
 */
async function settled(issuance: Issuance, tries: number, ports: SubmitPorts): Promise<SubmitEnd> {
  if (isIn(issuance, 'stage', 'parked', 'ended')) await ports.announcer.announce(eventOf(issuance));
  return { end: 'done', poll: tries > 1 && issuance.status === 'submitted' };
}

async function supersede(issuance: Taken, ports: SubmitPorts): Promise<SubmitEnd> {
  if (issuance.status !== 'queued') throw new Error(`${issuance.id} is ${issuance.status} and cannot be overtaken`);
  const failed = await rememberSuperseded(issuance, ports);
  const reason: Reason = { code: 'overtaken', ...(failed && { detail: 'the newer one has failed' }) };
  const now = ports.clock.now();
  const step = superseded(issuance, { reason, dueAt: after(now, ports.retentionMs) }, now);
  if ((await write(step, ports)) === undefined) throw new IssuanceError('lease-lost');
  if (failed !== undefined) countInVain({ ...failed, superseded: 1 }, ports);
  return { end: 'done', poll: false };
}

/**
 * While the circuit breaker is open, or the account allows no call, nothing is done under the lease, and no attempt is
 * counted: a new message for a short wait, one write for a long wait.
 */
async function heldBack(issuance: Taken, tried: number, ports: SubmitPorts): Promise<SubmitEnd | undefined> {
  const { queuedAt, program } = issuance;
  const isOverdue = ports.clock.now().getTime() - Date.parse(queuedAt) > ports.retryMs;
  if (issuance.status !== 'queued' || isOverdue) return undefined;
  const error = (await ports.circuits.heldBack(program)) ?? (await ports.callsLeft.heldBack(program));
  if (error === undefined) return undefined;
  if (issuance.waiting) return { end: 'done', poll: false };
  const { delaySeconds, inTable: waits } = nextTry(issuance, error, tried, ports);
  if (!waits) return onQueue(issuance, error, delaySeconds, ports);
  const reason = { code: error.code, ...(error.detail !== undefined && { detail: error.detail }) };
  return (await wait(issuance, 0, ports, reason)) ? inTable(issuance, error, 0, ports) : undefined;
}

/** Whether the issuance is now in the waiting room, for at least this many seconds. */
async function wait(issuance: Taken, seconds: number, ports: SubmitPorts, reason?: Reason): Promise<boolean> {
  const now = ports.clock.now();
  const place = { dueAt: after(now, seconds * 1000), ...(reason && { reason }) };
  return (await write(waiting(issuance, place, now), ports)) !== undefined;
}

/** A new message for a short wait, the waiting room for a long one. */
async function again(issuance: Taken, error: IssuanceError, tried: number, ports: SubmitPorts): Promise<SubmitEnd> {
  const { code } = error;
  const { delaySeconds, inTable: waits } = nextTry(issuance, error, tried, ports);
  if (waits) {
    const now = await ports.store.get(issuance.id);
    const isOurs = now?.status === 'queued' || (now?.status === 'submitting' && !othersAtWork.includes(code));
    const seconds = code === 'circuit-open' ? 0 : delaySeconds;
    if (now !== undefined && isOurs && !isToLookUp(now) && (await wait(now, seconds, ports)))
      return inTable(now, error, seconds, ports);
  }
  return onQueue(issuance, error, delaySeconds, ports);
}
