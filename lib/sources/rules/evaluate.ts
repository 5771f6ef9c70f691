/** Evaluates one JSONata expression within limits of time, work, depth and size. */
import { loadEngine } from './engine.ts';
import { describeFailure } from './failure.ts';
import { isFunction } from './function-marks.ts';
import { assignFunctions } from './functions.ts';
import { containersIn } from './input-containers.ts';
import { interruptibleRegex } from './interruptible-regex.ts';
import { type PlainLimits, plainJson } from './plain-json.ts';
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
  /** In milliseconds since 1970, for all expressions of an event together. */
  deadline: number;
}

/** An expression's value as plain JSON, or why there is none; the reason repeats nothing of the event. */
export type Evaluated = { value: unknown } | { failure: string };

/** Never throws. An expression without a result has the value undefined. Default limits: those of what is kept. */
export async function evaluate(
  text: string,
  { input, variables, deadline }: Surroundings,
  limits?: PlainLimits,
): Promise<Evaluated> {
  try {
    const budget = new WorkBudget(deadline, containersIn(input));
    const engine = await loadEngine();
    const expression = engine(text, {
      RegexEngine: interruptibleRegex(budget),
      stack: deepestStack,
      sequence: longestSequence,
      timeout: budget.remainingMs,
    });
    await assignFunctions(expression, budget);
    expression.assign(exit, (node: { type: string }, _input: unknown, _environment: unknown, result: unknown) => {
      budget.spend(1);
      // A variable or a literal creates no new value.
      if (node.type !== 'variable' && node.type !== 'string' && !isFunction(result)) budget.weighShallow(result);
    });
    return { value: plainJson(await expression.evaluate(input, variables), limits) };
  } catch (error) {
    return { failure: describeFailure(error) };
  }
}
