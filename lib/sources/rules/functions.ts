/** The functions that rules may use, JSONata's and our own: their cost is counted by the size of their input. */
import type jsonata from 'jsonata';
import { loadEngine } from './engine.ts';
import { readJsonText } from './read-json-text.ts';
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

/** Functions of our own. */
const ownFunctions: Readonly<Record<string, (...args: unknown[]) => unknown>> = { json: readJsonText };

/** All functions that a rule may use. */
export const allowedFunctions: readonly string[] = [...jsonataFunctions, ...Object.keys(ownFunctions)];

interface BuiltIn {
  _jsonata_function: true;
  implementation: (...args: unknown[]) => unknown;
  signature?: unknown;
}

let builtIns: Promise<Map<string, BuiltIn>> | undefined;

/** A variable that names a function has the function as its value. */
async function readBuiltIns(): Promise<Map<string, BuiltIn>> {
  const found = new Map<string, BuiltIn>();
  const engine = await loadEngine();
  for (const name of jsonataFunctions) found.set(name, await engine(`$${name}`).evaluate(null));
  for (const [name, implementation] of Object.entries(ownFunctions)) {
    found.set(name, { _jsonata_function: true, implementation });
  }
  return found;
}

/** Loads JSONata and its functions, so that a deadline that begins then is for an expression alone. */
export async function loadFunctions(): Promise<void> {
  builtIns ??= readBuiltIns();
  await builtIns;
}

/** Gives an expression the functions it may use, and hides the others. */
export async function assignFunctions(expression: jsonata.Expression, budget: WorkBudget): Promise<void> {
  builtIns ??= readBuiltIns();
  for (const [name, builtIn] of await builtIns) expression.assign(name, paidFor(name, builtIn, budget));
  for (const name of forbiddenFunctions.keys()) expression.assign(name, undefined);
}

function paidFor(name: string, builtIn: BuiltIn, budget: WorkBudget): BuiltIn {
  const { implementation } = builtIn;
  const paid = function (this: unknown, ...args: unknown[]): unknown {
    if (deep.has(name)) budget.weigh(args);
    else budget.weighShallow(args);
    surcharges[name]?.(args, budget);
    return implementation.apply(this, args);
  };
  // JSONata reads a function's parameters from its source text when it is applied partially.
  Object.defineProperty(paid, 'length', { value: implementation.length });
  Object.defineProperty(paid, 'toString', { value: () => implementation.toString() });
  return { ...builtIn, implementation: paid };
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
