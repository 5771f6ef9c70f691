/** Evaluates one JSONata expression within limits of time, work, depth and size. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { type Engine, loadEngine } from './engine.ts';
import { describeFailure } from './failure.ts';
import { isFunction } from './function-marks.ts';
import { assignFunctions, type RuleFunctions, readFunctions } from './functions.ts';
import { containersIn } from './input-containers.ts';
import { interruptibleRegex } from './interruptible-regex.ts';
import { type PlainLimits, plainJson } from './plain-json.ts';
import type { RuleTime } from './rule-time.ts';
import { WorkBudget } from './work-budget.ts';

/** Maximum nesting of evaluations: far more than a rule needs, far less than the stack allows. */
const deepestStack = 200;
/** Maximum length of a sequence. */
const longestSequence = 10_000;
const exit = Symbol.for('jsonata.__evaluate_exit') as unknown as string;

/** What an expression sees: `$` is the input, the others are variables. */
export interface Surroundings {
  input: unknown;
  variables: Readonly<Record<string, unknown>>;
  /** For all expressions of an event together. */
  time: RuleTime;
}

/** An expression's value as plain JSON, or why there is none; the reason repeats nothing of the event. */
export type Evaluated = { value: unknown } | { failure: string };

/**
 * An expression without a result has the value undefined. Default limits: those of what is kept. Throws
 * `service-unavailable` if the machine is too busy to say whether the expression takes too long.
 */
export async function evaluate(text: string, surroundings: Surroundings, limits?: PlainLimits): Promise<Evaluated> {
  const engine = await loadEngine();
  const functions = await readFunctions();
  return surroundings.time.during(async () => {
    try {
      return { value: plainJson(await run(text, surroundings, engine, functions), limits) };
    } catch (error) {
      if (error instanceof IssuanceError) throw error;
      return { failure: describeFailure(error) };
    }
  });
}

function run(
  text: string,
  { input, variables, time }: Surroundings,
  engine: Engine,
  functions: RuleFunctions,
): Promise<unknown> {
  const budget = new WorkBudget(time, containersIn(input));
  const expression = engine(text, {
    RegexEngine: interruptibleRegex(budget),
    stack: deepestStack,
    sequence: longestSequence,
  });
  assignFunctions(expression, functions, budget);
  expression.assign(exit, (node: { type: string }, _input: unknown, _environment: unknown, result: unknown) => {
    budget.spend(1);
    // A variable or a literal creates no new value.
    if (node.type !== 'variable' && node.type !== 'string' && !isFunction(result)) budget.weighShallow(result);
  });
  return expression.evaluate(input, variables);
}
