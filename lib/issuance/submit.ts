/** Submit: under the slot's lease, the credential is handed to the provider, once, whatever happened before. */

import { secondsSince } from './due.ts';
import { eventOf } from './event.ts';
import type { Issuance } from './issuance.ts';
import { IssuanceError } from './issuance-error.ts';
import { type LeasePorts, takeLease } from './lease.ts';
import { move } from './move.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { isResting } from './status.ts';
import { Turn, type TurnPorts } from './turn.ts';

export interface SubmitPorts extends TurnPorts, LeasePorts {
  random: () => number;
}

/** What to do with the message. */
export type SubmitEnd =
  /** Delete it; `poll` says that the provider should now be asked about the issuance. */
  | { end: 'done'; poll: boolean }
  /** Put it back for so long. */
  | { end: 'again'; delaySeconds: number };

/**
 * Works on the issuance a message names. `receiveCount` counts the deliveries of this message. Throws
 * `issuance-missing`; anything else that is thrown is trouble of ours and the message should come back.
 */
export async function submit(id: string, receiveCount: number, ports: SubmitPorts): Promise<SubmitEnd> {
  const issuance = await ports.store.get(id);
  if (issuance === undefined) throw new IssuanceError('issuance-missing');
  if (issuance.status !== 'queued' && issuance.status !== 'submitting') return settled(issuance, receiveCount, ports);
  try {
    const slot = await takeLease(issuance, ports);
    if (slot === 'overtaken') return await supersede(issuance, ports);
    const poll = await new Turn(issuance, slot, ports).take();
    return { end: 'done', poll };
  } catch (error) {
    if (!(error instanceof IssuanceError) || error.kind === 'message') throw error;
    return again(issuance, error, receiveCount, ports);
  }
}

/**
 * The world is told again, in case nobody was: an earlier delivery may have ended between its write and the
 * announcement, and it need not have been counted when this one was received.
 */
async function settled(issuance: Issuance, receiveCount: number, ports: SubmitPorts): Promise<SubmitEnd> {
  if (isResting(issuance.status)) await ports.announcer.announce(eventOf(issuance));
  return { end: 'done', poll: receiveCount > 1 && issuance.status === 'submitted' };
}

async function supersede(issuance: Issuance, ports: SubmitPorts): Promise<SubmitEnd> {
  const now = ports.clock.now().toISOString();
  const moved = await move(issuance, 'superseded', { reason: { code: 'overtaken' }, dueAt: now }, ports);
  if (moved === undefined) throw new IssuanceError('lease-lost');
  return { end: 'done', poll: false };
}

function again(issuance: Issuance, error: IssuanceError, receiveCount: number, ports: SubmitPorts): SubmitEnd {
  const tries = Math.max(receiveCount, issuance.attempt?.number ?? 0);
  const delaySeconds = retryDelaySeconds(error.code, tries, error.retryAfterSeconds ?? 0, ports.random);
  const { id, program, queuedAt } = issuance;
  const { code } = error;
  const waitSeconds = secondsSince(queuedAt, ports.clock.now()) + delaySeconds;
  ports.log.write({ event: 'submission-delayed', id, program, code, delaySeconds, receiveCount, waitSeconds });
  return { end: 'again', delaySeconds };
}
