/** One worker's attempt at one issuance, under the slot's lease: determine a lost outcome, submit, and record the result. */
import type { Reason } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { isOlder } from '../issuance/lease-rule.ts';
import type { LostJob, ProviderJob, Submission } from '../issuance/provider.ts';
import { AttemptRecord, type AttemptRecordPorts, type Taken } from './attempt-record.ts';
import { guardedCall } from './circuit-breaker/guarded-call.ts';
import type { CircuitBreaker } from './circuit-breaker/ports.ts';
import { askedLongEnough, heldBack, isOpen, wasLastQuestion } from './doubt.ts';
import type { FactStore } from './facts.ts';
import { type LeasedSlot, withReceipt } from './lease.ts';

export interface AttemptPorts extends AttemptRecordPorts {
  facts: FactStore;
  circuits: CircuitBreaker;
}

export class SubmissionAttempt {
  readonly #record: AttemptRecord;
  readonly #slot: LeasedSlot;
  readonly #ports: AttemptPorts;
  /** Whether an earlier call may have been carried out without a known result. */
  #inDoubt = false;

  constructor(issuance: Taken, slot: LeasedSlot, ports: AttemptPorts) {
    this.#record = new AttemptRecord(issuance, slot, ports);
    this.#slot = slot;
    this.#ports = ports;
  }

  /**
   * Whether the provider has accepted it and its status should be polled; false if the issuance ended. Throws IssuanceError
   * if the message should be tried again, after writing everything that the next attempt needs.
   */
  async take(): Promise<boolean> {
    let receipts: string[] | undefined;
    try {
      const submission = (await this.#recoverLost()) ?? (await this.#handOver());
      await this.#record.submitted(submission);
      // Only now: a receipt in the slot that is not in the record would look like an older credential.
      receipts = withReceipt(this.#slot.receipts, submission.knownAs);
      return true;
    } catch (error) {
      if (!(error instanceof IssuanceError)) throw error;
      await this.#giveUp(error);
      return false;
    } finally {
      const { slots, clock } = this.#ports;
      await slots.release(this.#slot.key, this.#slot.lease, clock.now().toISOString(), receipts);
    }
  }

  /** Determines the outcome of a lost call; undefined if there is none, or if it certainly did nothing. */
  async #recoverLost(): Promise<Submission | undefined> {
    const { id, attempt, reason, program } = this.#record.issuance;
    if (!isOpen(attempt)) return undefined;
    this.#inDoubt = true;
    if (reason !== undefined && wasLastQuestion(attempt, reason.code, this.#ports))
      throw new IssuanceError('outcome-unknown', { detail: reason.code });
    const { circuits, log } = this.#ports;
    await circuits.admit(program, id);
    await this.#record.begin(attempt.openSince);
    this.#record.askedAboutLost();
    const job: LostJob = { ...this.#job(), lostSince: new Date(attempt.openSince) };
    const recovery = await this.#guarded('recover', () => this.#record.provider.recover(job));
    this.#inDoubt = false;
    log.write({ event: 'outcome-recovered', id, program, outcome: recovery.outcome });
    const isOvertaken = isOlder(this.#slot, this.#record.issuance);
    if (recovery.outcome === 'committed' || isOvertaken) await circuits.passOn(program, id);
    if (recovery.outcome === 'committed') return recovery.submission;
    // No call is in progress: it is queued again and then ends superseded, instead of taking a newer issuance's place.
    if (isOvertaken) throw new IssuanceError('slot-busy');
    return undefined;
  }

  async #handOver(): Promise<Submission> {
    const { circuits, clock } = this.#ports;
    const { id, program } = this.#record.issuance;
    await circuits.admit(program, id);
    await this.#record.begin(clock.now().toISOString());
    return this.#guarded('submit', () => this.#record.provider.submit(this.#job()));
  }

  #guarded<Result>(what: 'submit' | 'recover', call: () => Promise<Result>): Promise<Result> {
    const { id, program } = this.#record.issuance;
    return guardedCall({ what, id, program, call }, this.#ports.circuits);
  }

  #job(): ProviderJob {
    const { id, program, holder, claims, progress } = this.#record.begun;
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
      keep: (kept) => this.#record.keep(kept),
    };
  }

  /** Records the meaning of an error; throws it again if the message should be tried again. */
  async #giveUp(error: IssuanceError): Promise<void> {
    const { code, kind } = error;
    if (code === 'lease-lost') throw error;
    const reason: Reason = { code, ...(error.detail !== undefined && { detail: error.detail }) };
    if (kind === 'permanent') return this.#record.fail(reason);
    if (kind === 'parked') return this.#record.park(reason);
    if (this.#inDoubt || kind === 'unknown-outcome') return this.#stayInDoubt(error, reason);
    const waitedMs = this.#ports.clock.now().getTime() - Date.parse(this.#record.issuance.queuedAt);
    if (waitedMs > this.#ports.retryMs) return this.#record.fail({ code: 'retries-exhausted', detail: code });
    // Our own limit does not count as an attempt.
    await this.#record.putBack(reason, code === 'calls-limited' ? -1 : 0);
    throw error;
  }

  /** Tried again later, until the maximum time is over and no call can be in progress. */
  async #stayInDoubt(error: IssuanceError, reason: Reason): Promise<void> {
    const { begun, provider } = this.#record;
    // Behind an open circuit breaker the provider is unavailable, also if it only does not answer.
    const isAway = await this.#ports.circuits.isOpen(begun.program);
    const why: Reason =
      isAway && error.kind === 'unknown-outcome' ? { code: 'circuit-open', detail: error.code } : reason;
    if (error.kind === 'unknown-outcome' && provider.askingMayIssue) {
      await this.#record.leaveSettling(why);
      throw heldBack(error, this.#ports);
    }
    if (askedLongEnough(begun.attempt, this.#ports.clock.now(), why.code, this.#ports))
      return this.#record.park({ code: 'outcome-unknown', detail: error.code });
    await this.#record.leaveSettled(why);
    throw error;
  }
}
