/** The functions that rules may use, JSONata's and our own: their cost is counted by the size of their input. */
import type jsonata from 'jsonata';
import { loadEngine } from './engine.ts';
import { changed, type Implementation, ownFunctions } from './own-functions.ts';
import { LimitExceeded, longestText, type WorkBudget } from './work-budget.ts';

/** https://docs.jsonata.org/overview, without the functions below. */
const jsonataFunctions = [
  ...['abs', 'append', 'assert', 'average', 'base64decode', 'base64encode', 'boolean', 'ceil', 'clone', 'contains'],
  ...['count', 'decodeUrl', 'decodeUrlComponent', 'distinct', 'each', 'encodeUrl', 'encodeUrlComponent', 'error'],
  ...['exists', 'filter', 'floor', 'formatBase', 'formatInteger', 'formatNumber', 'fromMillis', 'join', 'keys'],
  ...['length', 'lookup', 'lowercase', 'map', 'match', 'max', 'merge', 'min', 'not', 'number', 'pad'],
  ...['parseInteger', 'power', 'reduce', 'replace', 'reverse', 'round', 'sift', 'single', 'sort', 'split', 'spread'],
  ...['sqrt', 'string', 'substring', 'substringAfter', 'substringBefore', 'sum', 'toMillis', 'trim', 'type'],
  ...['uppercase', 'zip'],
] as const;

/** Functions that no rule may use, and why. */
export const forbiddenFunctions: ReadonlyMap<string, string> = new Map([
  ['eval', 'what comes in an event must never be run'],
  ['now', 'the same event has to give the same result each time it is sent; use a time of the event'],
  ['millis', 'the same event has to give the same result each time it is sent; use a time of the event'],
  ['random', 'the same event has to give the same result each time it is sent'],
  ['shuffle', 'the same event has to give the same result each time it is sent'],
]);

/** All functions that a rule may use. */
export const allowedFunctions: readonly string[] = [...new Set([...jsonataFunctions, ...Object.keys(ownFunctions)])];

interface RuleFunction {
  _jsonata_function: true;
  implementation: Implementation;
  signature?: unknown;
}

export type RuleFunctions = ReadonlyMap<string, RuleFunction>;

let functions: Promise<RuleFunctions> | undefined;

/** Read once: a variable that names a function has the function as its value. */
export function readFunctions(): Promise<RuleFunctions> {
  functions ??= collect();
  return functions;
}

async function collect(): Promise<RuleFunctions> {
  const found = new Map<string, RuleFunction>();
  const engine = await loadEngine();
  for (const name of jsonataFunctions) {
    const builtIn: RuleFunction = await engine(`$${name}`).evaluate(null);
    found.set(name, { ...builtIn, implementation: changed[name]?.(builtIn.implementation) ?? builtIn.implementation });
  }
  for (const [name, implementation] of Object.entries(ownFunctions)) {
    found.set(name, { _jsonata_function: true, implementation });
  }
  return found;
}

/** Gives an expression the functions it may use, and hides the others. */
export function assignFunctions(expression: jsonata.Expression, known: RuleFunctions, budget: WorkBudget): void {
  for (const [name, one] of known) expression.assign(name, paidFor(name, one, budget));
  for (const name of forbiddenFunctions.keys()) expression.assign(name, undefined);
}

function paidFor(name: string, one: RuleFunction, budget: WorkBudget): RuleFunction {
  const { implementation } = one;
  const paid = function (this: unknown, ...args: unknown[]): unknown {
    if (deep.has(name)) budget.weigh(args);
    else budget.weighShallow(args);
    surcharges[name]?.(args, budget);
    return implementation.apply(this, args);
  };
  // JSONata reads a function's parameters from its source text when it is applied partially.
  Object.defineProperty(paid, 'length', { value: implementation.length });
  Object.defineProperty(paid, 'toString', { value: () => implementation.toString() });
  return { ...one, implementation: paid };
}

/** Functions that read or write their arguments to the innermost member. */
const deep = new Set(['boolean', 'clone', 'distinct', 'not', 'string']);

/** Functions whose work or result is not proportional to their input. */
const surcharges: Partial<Record<string, (args: unknown[], budget: WorkBudget) => void>> = {
  pad: ([, width, fill]) => mostText(Math.abs(Number(width)) * Math.max(1, lengthOf(fill))),
  join: ([texts, separator]) => mostText(lengthOf(texts) * lengthOf(separator)),
  replace: ([text, , replacement]) => mostText(lengthOf(text) * lengthOf(replacement)),
  distinct: ([values], budget) => budget.spend(lengthOf(values) ** 2 / 10),
  // These create regular expressions from a picture string.
  toMillis: ([text]) => shortText(text),
  // Asks for the rules of a time zone several times.
  time: (_args, budget) => budget.spend(100),
  parseInteger: ([text]) => shortText(text),
  formatInteger: ([value]) => {
    if (Math.abs(Number(value)) > 1e9) throw new LimitExceeded('it writes out too large a number');
  },
};

const longestDate = 128;

function shortText(text: unknown): void {
  if (lengthOf(text) > longestDate) throw new LimitExceeded('it reads a date or number from too long a string');
}

function mostText(characters: number): void {
  if (characters > longestText) throw new LimitExceeded('it makes too long a string');
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}
