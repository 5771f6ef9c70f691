/** Regular expressions that can be stopped: one that backtracks forever would hold the whole function. */
import { createContext, Script } from 'node:vm';
import { LimitExceeded, type WorkBudget } from './work-budget.ts';

/** Longest a single search may take, in milliseconds. */
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

/** A context takes a millisecond to make and a search does not wait, so there is one for all. */
let shared: Surroundings | undefined;

function runSearch(expression: RegExp, text: string, timeout: number): RegExpExecArray | null {
  shared ??= createContext(Object.create(null)) as Surroundings;
  Object.assign(shared, { expression, text });
  try {
    return search.runInContext(shared as object, { timeout });
  } finally {
    // What came in an event is not kept until the next one.
    Object.assign(shared, { expression: undefined, text: undefined });
  }
}

/** The class JSONata makes its regular expressions with, bound to what one evaluation may spend. */
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
