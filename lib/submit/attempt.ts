/** One worker's attempt at one issuance, under the slot's lease: find out what was lost, hand over, write down the end. */

import { after, retriedGraceMs, submittedGraceMs, submittingGraceMs } from '../issuance/due.ts';
import { countInVain, supersededInVain } from '../issuance/in-vain.ts';
import type { Attempt, Issuance, IssuanceIn, Reason, Receipt } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import { isOlder } from '../issuance/lease-rule.ts';
import type { Clock } from '../issuance/ports.ts';
import type { Programs } from '../issuance/program.ts';
import type { LostJob, Provider, ProviderJob, Submission } from '../issuance/provider.ts';
import type { SlotStore } from '../issuance/slot.ts';
import type { StatusWith } from '../issuance/status.ts';
import { failed, uncertain } from '../issuance/transitions/ends.ts';
import type { Step } from '../issuance/transitions/step.ts';
import { begun, leftInDoubt, progressed, putBack, submitted } from '../issuance/transitions/submission.ts';
import { type PublishPorts, write } from '../issuance/write.ts';
import { guardedCall } from './circuit-breaker/guarded-call.ts';
import type { CircuitBreaker } from './circuit-breaker/ports.ts';
import {
  askedLongEnough,
  closed,
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

export interface AttemptPorts extends PublishPorts, DoubtLimits {
  store: IssuanceStore;
  clock: Clock;
  slots: SlotStore;
  programs: Programs;
  facts: FactStore;
  circuits: CircuitBreaker;
}

/** One that a worker may take up. */
export type Taken = IssuanceIn<StatusWith<'moves', 'worker'>>;

/** It holds the record as it was last written. */
export class SubmissionAttempt {
  #record: Taken;
  readonly #slot: LeasedSlot;
  readonly #ports: AttemptPorts;
  /** Whether an earlier call may have been carried out without our knowing. */
  #inDoubt = false;
  /** Whether a call was lost that would replace what is issued now, should it be carried out later than it may. */
  #mayLandLate = false;

  constructor(issuance: Taken, slot: LeasedSlot, ports: AttemptPorts) {
    this.#record = issuance;
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
      await slots.release(this.#record.slot, this.#slot.lease, clock.now().toISOString(), receipts);
    }
  }

  /** Finds out about a call whose answer was lost; undefined when there is none, or it certainly did nothing. */
  async #recoverLost(): Promise<Submission | undefined> {
    const { attempt, reason, program } = this.#record;
    if (!isOpen(attempt)) return undefined;
    this.#inDoubt = true;
    if (wasLastQuestion(attempt, reason?.code, this.#ports))
      throw new IssuanceError('outcome-unknown', reason && { detail: reason.code });
    const { circuits, log } = this.#ports;
    await circuits.admit(program, this.#record.id);
    await this.#begin(attempt.openSince);
    this.#mayLandLate = this.#provider().askingMayIssue;
    const job: LostJob = { ...this.#job(), lostSince: new Date(attempt.openSince) };
    const recovery = await this.#guarded('recover', () => this.#provider().recover(job));
    this.#inDoubt = false;
    log.write({ event: 'outcome-recovered', id: job.issuanceId, program, outcome: recovery.outcome });
    const isOvertaken = isOlder(this.#slot, this.#record);
    if (recovery.outcome === 'committed' || isOvertaken) await circuits.passOn(program, job.issuanceId);
    if (recovery.outcome === 'committed') return recovery.submission;
    // Nothing of it is under way: it goes back and finds itself overtaken, rather than take a newer one's place.
    if (isOvertaken) throw new IssuanceError('slot-busy');
    return undefined;
  }

  async #handOver(): Promise<Submission> {
    const { circuits, clock } = this.#ports;
    const { id, program } = this.#record;
    await circuits.admit(program, id);
    await this.#begin(clock.now().toISOString());
    return this.#guarded('submit', () => this.#provider().submit(this.#job()));
  }

  #guarded<Result>(what: 'submit' | 'recover', call: () => Promise<Result>): Promise<Result> {
    const { id, program } = this.#record;
    return guardedCall({ what, id, program, call }, this.#ports.circuits);
  }

  /** Written before the first call: a worker that finds the record in this state knows that the provider may have acted. */
  async #begin(openSince: string): Promise<void> {
    const number = (this.#record.attempt?.number ?? 0) + 1;
    const { token: fence, until, follows } = this.#slot.lease;
    const open = { number, fence, openSince, ...this.#late() };
    // Should this worker die, none of its calls ends after the lease.
    const attempt = this.#provider().askingMayIssue ? settling(open, new Date(until), this.#ports) : open;
    const begin = { attempt, follows, dueAt: this.#dueAfterDeath(attempt) };
    this.#record = await this.#write(begun(this.#record, begin, this.#now()));
  }

  async #submitted(submission: Submission): Promise<void> {
    const now = this.#now();
    const from = this.#begun();
    const handedOver = { attempt: this.#closed(from.attempt), dueAt: after(now, submittedGraceMs) };
    await this.#write(submitted(from, submission, handedOver, now));
  }

  /** Writes down what an error means; throws it again when the message should come back. */
  async #giveUp(error: IssuanceError): Promise<void> {
    const { code, kind } = error;
    if (code === 'lease-lost') throw error;
    const reason: Reason = { code, ...(error.detail !== undefined && { detail: error.detail }) };
    if (kind === 'permanent') return this.#fail(reason);
    if (kind === 'parked') return this.#park(reason);
    if (this.#inDoubt || kind === 'unknown-outcome') return this.#stayInDoubt(error, reason);
    const now = this.#ports.clock.now();
    if (now.getTime() - Date.parse(this.#record.queuedAt) > this.#ports.retryMs)
      return this.#fail({ code: 'retries-exhausted', detail: code });
    // Our own ceiling is no try of the provider.
    const tried = code === 'calls-limited' ? -1 : 0;
    const later = { reason, attempt: this.#closedAttempt(tried), dueAt: after(now, retriedGraceMs) };
    await this.#write(putBack(this.#record, later, now));
    throw error;
  }

  /** Asked about again later, until that was done for long enough and nothing can be under way any more. */
  async #stayInDoubt(error: IssuanceError, reason: Reason): Promise<void> {
    const from = this.#begun();
    const now = this.#ports.clock.now();
    const dueAt = after(now, retriedGraceMs);
    if (error.kind === 'unknown-outcome' && this.#provider().askingMayIssue) {
      const attempt = settling(from.attempt, now, this.#ports);
      await this.#write(leftInDoubt(from, { reason, attempt, dueAt }, now));
      throw heldBack(error, this.#ports);
    }
    if (askedLongEnough(from.attempt, now, error, this.#ports))
      return this.#park({ code: 'outcome-unknown', detail: error.code });
    await this.#write(leftInDoubt(from, { reason, attempt: settled(from.attempt), dueAt }, now));
    throw error;
  }

  async #fail(reason: Reason): Promise<void> {
    const superseded = await supersededInVain(this.#record, this.#ports);
    const now = this.#now();
    const dueAt = after(now, this.#ports.retentionMs);
    const end = { reason, superseded, attempt: this.#closedAttempt(), dueAt };
    countInVain(await this.#write(failed(this.#record, end, now)), this.#ports);
  }

  async #park(reason: Reason): Promise<void> {
    const now = this.#now();
    const from = this.#begun();
    const end = { reason, attempt: this.#closed(from.attempt), dueAt: after(now, this.#ports.retentionMs) };
    await this.#write(uncertain(from, end, now));
  }

  #closedAttempt(more = 0): Attempt | undefined {
    const { attempt } = this.#record;
    return attempt && { ...this.#closed(attempt), number: attempt.number + more };
  }

  #closed(attempt: Attempt): Attempt {
    return { ...closed(attempt), ...this.#late() };
  }

  /** A lost call has had its time to settle; it is given as much again before a confirmation is believed. */
  #late(): Pick<Attempt, 'lateUntil'> {
    const { clock, settlingMs } = this.#ports;
    const now = clock.now();
    const found = this.#mayLandLate ? after(now, settlingMs) : undefined;
    return stillLate(now, found, this.#slot.lateUntil);
  }

  #job(): ProviderJob {
    const { id, program, holder, claims, progress } = this.#begun();
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
      keep: (kept) => this.#keep(kept),
    };
  }

  async #keep(progress: Receipt): Promise<void> {
    const from = this.#begun();
    const step = progressed(from, progress, this.#dueAfterDeath(from.attempt), this.#now());
    this.#record = await this.#write(step);
  }

  #provider(): Provider {
    return this.#ports.programs.provider(this.#record.program);
  }

  /** When somebody should look, should this worker die. */
  #dueAfterDeath(attempt: Attempt): string {
    return after(new Date(attempt.settlesAt ?? this.#slot.lease.until), submittingGraceMs);
  }

  /** Only what was begun is called for, submitted or in doubt. */
  #begun(): IssuanceIn<'submitting'> {
    if (this.#record.status !== 'submitting') throw new Error(`${this.#record.id} is worked on before it is begun`);
    return this.#record;
  }

  #now(): Date {
    return this.#ports.clock.now();
  }

  /** Throws `lease-lost` when another worker has written since. */
  async #write<Next extends Issuance>(step: Step<Next>): Promise<Next> {
    const next = await write(step, this.#ports);
    if (next === undefined) throw new IssuanceError('lease-lost');
    return next;
  }
}
