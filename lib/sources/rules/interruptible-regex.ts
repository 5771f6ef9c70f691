/** Regular expressions that can be interrupted: an expression that backtracks forever would block the whole function. */
import { withinProcessorTime } from '../../issuance/processor-time.ts';
import { LimitExceeded, type WorkBudget } from './work-budget.ts';

/** Limit of a single search, in milliseconds of processor time. */
const longestSearchMs = 100;
/** A search costs about as much as evaluating this many nodes. */
const workPerSearch = 20;
const charactersPerUnit = 64;

/** The class with which JSONata creates regular expressions, bound to the budget of one evaluation. */
export function interruptibleRegex(budget: WorkBudget): RegExpConstructor {
  class InterruptibleRegex extends RegExp {
    override exec(text: string): RegExpExecArray | null {
      budget.spend(workPerSearch + text.length / charactersPerUnit);
      const plain = new RegExp(this.source, this.flags);
      const limit = Math.min(longestSearchMs, Math.max(1, budget.time.leftMs()));
      const found = withinProcessorTime(limit, () => {
        plain.lastIndex = this.lastIndex;
        return { match: plain.exec(text) };
      });
      if (found === undefined) throw new LimitExceeded('a regular expression takes too long');
      this.lastIndex = plain.lastIndex;
      return found.match;
    }
  }
  return InterruptibleRegex as unknown as RegExpConstructor;
}
