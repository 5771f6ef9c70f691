/** A job as the life cycle gives it to a provider; what is kept is in its `progress`, as the record would have it. */
import type { Claims, Receipt } from '../../lib/issuance/issuance.ts';
import type { LostJob, ProviderJob, SubmittedJob } from '../../lib/issuance/provider.ts';
import { InMemoryFacts } from '../fakes/in-memory-facts.ts';

let count = 0;

export class ContractJob implements ProviderJob {
  readonly issuanceId: string;
  readonly program = 'program-a';
  readonly holder: string;
  readonly claims: Claims;
  readonly knownReceipts: readonly string[] = [];
  readonly facts;
  readonly #begunAt: Date;
  progress: Receipt = {};

  constructor(holder: string, claims: Claims, now: Date) {
    count += 1;
    this.issuanceId = `iss_contract${count}`;
    this.holder = holder;
    this.claims = claims;
    this.#begunAt = now;
    const facts = new InMemoryFacts();
    this.facts = {
      known: (fact: string) => facts.known(holder, fact),
      remember: (fact: string) => facts.remember(holder, fact),
    };
  }

  async keep(progress: Receipt): Promise<void> {
    this.progress = progress;
  }

  /** The same job, its attempt lost. */
  lost(): LostJob {
    const { issuanceId, program, holder, claims, progress, knownReceipts, facts } = this;
    const keep = (kept: Receipt) => this.keep(kept);
    return { issuanceId, program, holder, claims, progress, knownReceipts, facts, keep, lostSince: this.#begunAt };
  }

  /** The same job, accepted with this receipt. */
  submitted(receipt: Receipt): SubmittedJob {
    const { issuanceId, program, holder } = this;
    return { issuanceId, program, holder, receipt, begunAt: this.#begunAt };
  }
}
