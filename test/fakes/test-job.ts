/** A job as the life cycle gives it to a provider; what is kept is in its `progress`, as the record would have it. */
import type { Claims, Receipt } from '../../lib/issuance/issuance.ts';
import type { LostJob, ProviderJob, SubmittedJob } from '../../lib/issuance/provider.ts';
import { InMemoryFacts } from './in-memory-facts.ts';

/** What a test says of a job; it is one that nobody has worked on. */
export interface JobChanges extends Partial<Pick<ProviderJob, 'issuanceId' | 'progress'>> {
  holder: string;
  claims: Claims;
  /** When its attempt began. Default: now. */
  begunAt?: Date;
  factStore?: InMemoryFacts;
}

let count = 0;

export class TestJob implements ProviderJob {
  readonly issuanceId: string;
  readonly program = 'program-a';
  readonly holder: string;
  readonly claims: Claims;
  readonly knownReceipts: readonly string[] = [];
  readonly facts;
  readonly #begunAt: Date;
  progress: Receipt;
  /** Everything that was kept, in order. */
  readonly kept: Receipt[] = [];

  constructor({ holder, claims, begunAt = new Date(), factStore = new InMemoryFacts(), ...changes }: JobChanges) {
    count += 1;
    this.issuanceId = changes.issuanceId ?? `iss_job${count}`;
    this.progress = changes.progress ?? {};
    this.holder = holder;
    this.claims = claims;
    this.#begunAt = begunAt;
    this.facts = {
      known: (fact: string) => factStore.known(holder, fact),
      remember: (fact: string) => factStore.remember(holder, fact),
    };
  }

  async keep(progress: Receipt): Promise<void> {
    this.kept.push(progress);
    this.progress = progress;
  }

  /** The same job, its attempt lost. */
  lost(lostSince = this.#begunAt): LostJob {
    const { issuanceId, program, holder, claims, progress, knownReceipts, facts } = this;
    const keep = (kept: Receipt) => this.keep(kept);
    return { issuanceId, program, holder, claims, progress, knownReceipts, facts, keep, lostSince };
  }

  /** The same job, accepted with this receipt. */
  submitted(receipt: Receipt): SubmittedJob {
    const { issuanceId, program, holder } = this;
    return { issuanceId, program, holder, receipt, begunAt: this.#begunAt };
  }
}
