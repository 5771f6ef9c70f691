/** Regular expressions that can be interrupted: an expression that backtracks forever would block the whole function. */
import { createContext, Script } from 'node:vm';
import { LimitExceeded, type WorkBudget } from './work-budget.ts';

/** Time limit of a single search, in milliseconds. */
const longestSearchMs = 100;
/** A search costs about as much as evaluating this many nodes. */
const workPerSearch = 20;
const charactersPerUnit = 64;

// V8 interrupts a search only when it runs inside a script with a time-out.
const search = new Script('expression.exec(text)');

interface Surroundings {
  expression?: RegExp;
  text?: string;
}

/** Creating a context takes a millisecond, and searches are synchronous, so all share one context. */
let shared: Surroundings | undefined;

function runSearch(expression: RegExp, text: string, timeout: number): RegExpExecArray | null {
  shared ??= createContext(Object.create(null)) as Surroundings;
  Object.assign(shared, { expression, text });
  try {
    return search.runInContext(shared as object, { timeout });
  } finally {
    // Content of an event is not kept until the next event.
    Object.assign(shared, { expression: undefined, text: undefined });
  }
}

/** The class with which JSONata creates regular expressions, bound to the budget of one evaluation. */
export function interruptibleRegex(budget: WorkBudget): RegExpConstructor {
  class InterruptibleRegex extends RegExp {
    override exec(text: string): RegExpExecArray | null {
      budget.spend(workPerSearch + text.length / charactersPerUnit);
      const plain = new RegExp(this.source, this.flags);
      plain.lastIndex = this.lastIndex;
      try {
        const found = runSearch(plain, text, Math.min(longestSearchMs, budget.remainingMs));
        this.lastIndex = plain.lastIndex;
        return found;
      } catch (error) {
        if (error instanceof LimitExceeded) throw error;
        throw new LimitExceeded('a regular expression takes too long');
      }
    }
  }
  return InterruptibleRegex as unknown as RegExpConstructor;
}
