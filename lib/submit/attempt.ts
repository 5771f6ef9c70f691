/** One worker's attempt at one issuance, under the slot's lease: find out what was lost, hand over, write down the end. */

import { after, retriedGraceMs, submittedGraceMs, submittingGraceMs } from '../issuance/due.ts';
import { countInVain, supersededInVain } from '../issuance/in-vain.ts';
import type { Attempt, Issuance, Reason, Receipt } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { isOlder } from '../issuance/lease-rule.ts';
import { type Changes, type MovePorts, move, rewrite } from '../issuance/move.ts';
import type { Programs } from '../issuance/program.ts';
import type { LostJob, Provider, ProviderJob, Submission } from '../issuance/provider.ts';
import type { SlotStore } from '../issuance/slot.ts';
import type { Status } from '../issuance/status.ts';
import { guardedCall } from './circuit-breaker/guarded-call.ts';
import type { CircuitBreaker } from './circuit-breaker/ports.ts';
import {
  askedLongEnough,
  type DoubtLimits,
  heldBack,
  isOpen,
  settled,
  settling,
  stillLate,
  wasLastQuestion,
} from './doubt.ts';
import type { FactStore } from './facts.ts';
import { type LeasedSlot, withReceipt } from './lease.ts';

export interface AttemptPorts extends MovePorts, DoubtLimits {
  slots: SlotStore;
  programs: Programs;
  facts: FactStore;
  circuits: CircuitBreaker;
}

/** It holds the record as it was last written. */
export class SubmissionAttempt {
  #issuance: Issuance;
  readonly #slot: LeasedSlot;
  readonly #ports: AttemptPorts;
  /** Whether an earlier call may have been carried out without our knowing. */
  #inDoubt = false;
  /** Whether a call was lost that would replace what is issued now, should it be carried out later than it may. */
  #mayLandLate = false;

  constructor(issuance: Issuance, slot: LeasedSlot, ports: AttemptPorts) {
    this.#issuance = issuance;
    this.#slot = slot;
    this.#ports = ports;
  }

  /**
   * Whether the provider has it now and should be asked about it; false when the issuance ended. Throws IssuanceError
   * when the message should come back, with everything written down that the next attempt needs.
   */
  async take(): Promise<boolean> {
    let receipts: string[] | undefined;
    try {
      const submission = (await this.#recoverLost()) ?? (await this.#handOver());
      await this.#submitted(submission);
      // Only now: a receipt the slot knows but the record does not would look like an older credential.
      receipts = withReceipt(this.#slot.receipts, submission.knownAs);
      return true;
    } catch (error) {
      if (!(error instanceof IssuanceError)) throw error;
      await this.#giveUp(error);
      return false;
    } finally {
      const { slots, clock } = this.#ports;
      await slots.release(this.#issuance.slot, this.#slot.lease, clock.now().toISOString(), receipts);
    }
  }

  /** Finds out about a call whose answer was lost; undefined when there is none, or it certainly did nothing. */
  async #recoverLost(): Promise<Submission | undefined> {
    const { attempt, reason, program } = this.#issuance;
    if (!isOpen(attempt)) return undefined;
    this.#inDoubt = true;
    if (wasLastQuestion(attempt, reason?.code, this.#ports))
      throw new IssuanceError('outcome-unknown', reason && { detail: reason.code });
    const { circuits, log } = this.#ports;
    await circuits.admit(program, this.#issuance.id);
    await this.#begin(attempt.openSince);
    this.#mayLandLate = this.#provider().askingMayIssue;
    const job: LostJob = { ...this.#job(), lostSince: new Date(attempt.openSince) };
    const recovery = await this.#guarded('recover', () => this.#provider().recover(job));
    this.#inDoubt = false;
    log.write({ event: 'outcome-recovered', id: job.issuanceId, program, outcome: recovery.outcome });
    const isOvertaken = isOlder(this.#slot, this.#issuance);
    if (recovery.outcome === 'committed' || isOvertaken) await circuits.passOn(program, job.issuanceId);
    if (recovery.outcome === 'committed') return recovery.submission;
    // Nothing of it is under way: it goes back and finds itself overtaken, rather than take a newer one's place.
    if (isOvertaken) throw new IssuanceError('slot-busy');
    return undefined;
  }

  async #handOver(): Promise<Submission> {
    const { circuits, clock } = this.#ports;
    const { id, program } = this.#issuance;
    await circuits.admit(program, id);
    await this.#begin(clock.now().toISOString());
    return this.#guarded('submit', () => this.#provider().submit(this.#job()));
  }

  #guarded<Result>(what: 'submit' | 'recover', call: () => Promise<Result>): Promise<Result> {
    const { id, program } = this.#issuance;
    return guardedCall({ what, id, program, call }, this.#ports.circuits);
  }

  /** Written before the first call: whoever finds the record like this knows that the provider may have acted. */
  async #begin(openSince: string): Promise<void> {
    const number = (this.#issuance.attempt?.number ?? 0) + 1;
    const { token: fence, until, follows } = this.#slot.lease;
    const open = { number, fence, openSince, ...this.#late() };
    // Should this worker die, none of its calls ends after the lease.
    const attempt = this.#provider().askingMayIssue ? settling(open, new Date(until), this.#ports) : open;
    await this.#write('submitting', { attempt, follows, dueAt: this.#dueAfterDeath(attempt) });
  }

  async #submitted({ receipt, knownAs, offered, existing }: Submission): Promise<void> {
    const now = this.#ports.clock.now();
    await this.#write('submitted', {
      receipt,
      knownAs,
      offered,
      existing,
      submittedAt: now.toISOString(),
      attempt: this.#closedAttempt(),
      dueAt: after(now, submittedGraceMs),
    });
  }

  /** Writes down what an error means; throws it again when the message should come back. */
  async #giveUp(error: IssuanceError): Promise<void> {
    const { code, kind } = error;
    if (code === 'lease-lost') throw error;
    const reason: Reason = { code, ...(error.detail !== undefined && { detail: error.detail }) };
    if (kind === 'permanent') return this.#end('failed', reason);
    if (kind === 'parked') return this.#end('uncertain', reason);
    if (this.#inDoubt || kind === 'unknown-outcome') return this.#stayInDoubt(error, reason);
    const now = this.#ports.clock.now();
    if (now.getTime() - Date.parse(this.#issuance.queuedAt) > this.#ports.retryMs)
      return this.#end('failed', { code: 'retries-exhausted', detail: code });
    // Our own ceiling is no try of the provider.
    const tried = code === 'calls-limited' ? -1 : 0;
    await this.#write('queued', { reason, attempt: this.#closedAttempt(tried), dueAt: after(now, retriedGraceMs) });
    throw error;
  }

  /** Asked about again later, until that was done for long enough and nothing can be under way any more. */
  async #stayInDoubt(error: IssuanceError, reason: Reason): Promise<void> {
    const { attempt } = this.#issuance;
    if (!isOpen(attempt)) throw new Error(`${this.#issuance.id} is in doubt without an attempt`);
    const now = this.#ports.clock.now();
    const dueAt = after(now, retriedGraceMs);
    if (error.kind === 'unknown-outcome' && this.#provider().askingMayIssue) {
      await this.#write('submitting', { reason, attempt: settling(attempt, now, this.#ports), dueAt });
      throw heldBack(error, this.#ports);
    }
    if (askedLongEnough(attempt, now, error, this.#ports))
      return this.#end('uncertain', { code: 'outcome-unknown', detail: error.code });
    await this.#write('submitting', { reason, attempt: settled(attempt), dueAt });
    throw error;
  }

  async #end(status: 'failed' | 'uncertain', reason: Reason): Promise<void> {
    const dueAt = after(this.#ports.clock.now(), this.#ports.retentionMs);
    const superseded = status === 'failed' && (await supersededInVain(this.#issuance, this.#ports));
    await this.#write(status, { reason, attempt: this.#closedAttempt(), dueAt, ...(superseded && { superseded }) });
    countInVain(this.#issuance, this.#ports);
  }

  #closedAttempt(more = 0): Attempt | undefined {
    const attempt = this.#issuance.attempt;
    return attempt && { number: attempt.number + more, fence: attempt.fence, ...this.#late() };
  }

  /** A lost call has had its time to settle; it is given as much again before a confirmation is believed. */
  #late(): Pick<Attempt, 'lateUntil'> {
    const { clock, settlingMs } = this.#ports;
    const now = clock.now();
    const found = this.#mayLandLate ? after(now, settlingMs) : undefined;
    return stillLate(now, found, this.#slot.lateUntil);
  }

  #job(): ProviderJob {
    const { id, program, holder, claims, progress } = this.#issuance;
    if (holder === undefined || claims === undefined)
      throw new Error(`${id} is to be submitted but has no holder or claims`);
    const { facts } = this.#ports;
    return {
      issuanceId: id,
      program,
      holder,
      claims,
      progress: progress ?? {},
      knownReceipts: this.#slot.receipts,
      facts: {
        known: (fact) => facts.known(holder, fact),
        remember: (fact) => facts.remember(holder, fact),
      },
      keep: (kept: Receipt) =>
        this.#write('submitting', { progress: kept, dueAt: this.#dueAfterDeath(this.#issuance.attempt) }),
    };
  }

  #provider(): Provider {
    return this.#ports.programs.provider(this.#issuance.program);
  }

  /** When somebody should look, should this worker die. */
  #dueAfterDeath(attempt: Attempt | undefined): string {
    return after(new Date(attempt?.settlesAt ?? this.#slot.lease.until), submittingGraceMs);
  }

  /** Throws `lease-lost` when another worker has written since. */
  async #write(to: Status, changes: Changes): Promise<void> {
    const stays = to === this.#issuance.status;
    const write = stays
      ? rewrite(this.#issuance, changes, this.#ports)
      : move(this.#issuance, to, changes, this.#ports);
    const next = await write;
    if (next === undefined) throw new IssuanceError('lease-lost');
    this.#issuance = next;
  }
}
