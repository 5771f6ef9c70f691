/** The record of an issuance during one worker's attempt: written at each step, unless another worker has written. */
import { after, retriedGraceMs, submittedGraceMs, submittingGraceMs } from '../issuance/due.ts';
import { countInVain, supersededInVain } from '../issuance/in-vain.ts';
import type { Attempt, Issuance, IssuanceIn, OpenAttempt, Reason, Receipt } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import type { Clock } from '../issuance/ports.ts';
import type { Programs } from '../issuance/program.ts';
import type { Provider, Submission } from '../issuance/provider.ts';
import type { SlotStore } from '../issuance/slot.ts';
import type { StatusWith } from '../issuance/status.ts';
import { failed, uncertain } from '../issuance/transitions/ends.ts';
import type { LookedUp, Step } from '../issuance/transitions/step.ts';
import { begun, leftInDoubt, progressed, putBack, submitted } from '../issuance/transitions/submission.ts';
import { type PublishPorts, write } from '../issuance/write.ts';
import { closed, type DoubtLimits, settled, settling, stillLate } from './doubt.ts';
import type { LeasedSlot } from './lease.ts';

export interface AttemptRecordPorts extends PublishPorts, DoubtLimits {
  store: IssuanceStore;
  slots: SlotStore;
  programs: Programs;
  clock: Clock;
}

/** An issuance that a worker may process. */
export type Taken = LookedUp<StatusWith<'moves', 'worker'>>;

/** Every write throws `lease-lost` if another worker has written since. */
export class AttemptRecord {
  #issuance: Taken;
  readonly #slot: LeasedSlot;
  readonly #ports: AttemptRecordPorts;
  /** Whether a lost call could replace the credential that is issued now, if it is carried out later than expected. */
  #mayLandLate = false;

  constructor(issuance: Taken, slot: LeasedSlot, ports: AttemptRecordPorts) {
    this.#issuance = issuance;
    this.#slot = slot;
    this.#ports = ports;
  }

  /** The record as it was last written. */
  get issuance(): Taken {
    return this.#issuance;
  }

  /** Only an attempt that has begun can call, be submitted or be in doubt. */
  get begun(): IssuanceIn<'submitting'> {
    const { id, status } = this.#issuance;
    if (this.#issuance.status !== 'submitting') throw new Error(`${id} is ${status} and was not begun`);
    return this.#issuance;
  }

  get provider(): Provider {
    return this.#ports.programs.provider(this.#issuance.program);
  }

  /** Written before the first call: a worker that finds the record in this state knows that the provider may have acted. */
  async begin(openSince: string): Promise<void> {
    const number = (this.#issuance.attempt?.number ?? 0) + 1;
    const { token: fence, until, follows } = this.#slot.lease;
    const open = { number, fence, openSince, ...this.#late() };
    // If this worker crashes, none of its calls ends after the lease.
    const attempt = this.provider.askingMayIssue ? settling(open, new Date(until), this.#ports) : open;
    const begin = { attempt, follows, dueAt: this.#dueAfterDeath(attempt) };
    this.#issuance = await this.#write(begun(this.#issuance, begin, this.#now()));
  }

  /** If asking itself can issue, the lost call may be carried out late. */
  askedAboutLost(): void {
    this.#mayLandLate = this.provider.askingMayIssue;
  }

  /** Stores the adapter's progress between two calls. */
  async keep(progress: Receipt): Promise<void> {
    const step = progressed(this.begun, progress, this.#dueAfterDeath(this.begun.attempt), this.#now());
    this.#issuance = await this.#write(step);
  }

  async submitted(submission: Submission): Promise<void> {
    const now = this.#now();
    const handedOver = { attempt: this.#closed(this.begun.attempt), dueAt: after(now, submittedGraceMs) };
    await this.#write(submitted(this.begun, submission, handedOver, now));
  }

  /** Tried again later. `tried` corrects the number of attempts. */
  async putBack(reason: Reason, tried: 0 | -1): Promise<void> {
    const now = this.#now();
    await this.#write(
      putBack(this.#issuance, { reason, attempt: this.#lastAttempt(tried), dueAt: after(now, retriedGraceMs) }, now),
    );
  }

  /** The call that has just ended is lost too: the outcome must not be determined before it has settled. */
  leaveSettling(reason: Reason): Promise<void> {
    return this.#leaveInDoubt(reason, settling(this.begun.attempt, this.#now(), this.#ports));
  }

  /** No call can be in progress any more: the outcome may be determined at any time. */
  leaveSettled(reason: Reason): Promise<void> {
    return this.#leaveInDoubt(reason, settled(this.begun.attempt));
  }

  async fail(reason: Reason): Promise<void> {
    const superseded = await supersededInVain(this.#issuance, this.#ports);
    const now = this.#now();
    const end = { reason, superseded, attempt: this.#lastAttempt(), dueAt: after(now, this.#ports.retentionMs) };
    countInVain(await this.#write(failed(this.#issuance, end, now)), this.#ports);
  }

  async park(reason: Reason): Promise<void> {
    const now = this.#now();
    const attempt = this.#closed(this.begun.attempt);
    await this.#write(uncertain(this.begun, { reason, attempt, dueAt: after(now, this.#ports.retentionMs) }, now));
  }

  async #leaveInDoubt(reason: Reason, attempt: OpenAttempt): Promise<void> {
    const now = this.#now();
    await this.#write(leftInDoubt(this.begun, { reason, attempt, dueAt: after(now, retriedGraceMs) }, now));
  }

  #lastAttempt(more = 0): Attempt | undefined {
    const { attempt } = this.#issuance;
    return attempt && { ...this.#closed(attempt), number: attempt.number + more };
  }

  #closed(attempt: Attempt): Attempt {
    return { ...closed(attempt), ...this.#late() };
  }

  /** A lost call has settled; the same time passes again before a confirmation is accepted. */
  #late(): Pick<Attempt, 'lateUntil'> {
    const now = this.#now();
    const found = this.#mayLandLate ? after(now, this.#ports.settlingMs) : undefined;
    return stillLate(now, found, this.#slot.lateUntil);
  }

  /** When reconcile should process it if this worker crashes. */
  #dueAfterDeath(attempt: Attempt): string {
    return after(new Date(attempt.settlesAt ?? this.#slot.lease.until), submittingGraceMs);
  }

  #now(): Date {
    return this.#ports.clock.now();
  }

  async #write<Next extends Issuance>(step: Step<Next>): Promise<Next> {
    const next = await write(step, this.#ports);
    if (next === undefined) throw new IssuanceError('lease-lost');
    return next;
  }
}
