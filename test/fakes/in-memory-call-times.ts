/** The times of accounts' calls in memory, by the rule that the real store's conditions follow. */
import { beginningOf, type Claim } from '../../lib/providers/call-rate/block-rule.ts';
import type { CallTimes } from '../../lib/providers/call-rate/ports.ts';

export class InMemoryCallTimes implements CallTimes {
  readonly #next = new Map<string, number>();
  /** Claims so far; each is a conditional write, or up to three where it is refused. */
  claims = 0;

  async take(account: string, claim: Claim): Promise<number | undefined> {
    this.claims += 1;
    const beginning = beginningOf(claim, this.#next.get(account));
    if (beginning !== undefined) this.#next.set(account, beginning + claim.lengthMs);
    return beginning;
  }
}
