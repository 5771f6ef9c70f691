/** Evaluates the expression `split` of a source on a whole delivery. */
import { eventLimits, maxDeliveryBytes } from '../../accept/json-limits.ts';
import type { Unwrapped } from '../envelopes/source-event.ts';
import { type Evaluated, evaluate } from './evaluate.ts';
import { RuleTime } from './rule-time.ts';
import { surroundingsOf } from './surroundings.ts';

/** Its events, which may make up the whole delivery. The reason of a failure repeats nothing of the delivery. Throws as evaluate does. */
export function evaluateSplit(
  split: string,
  content: Unwrapped<unknown>,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<Evaluated> {
  const surroundings = surroundingsOf(content, headers, new RuleTime());
  return evaluate(split, surroundings, { ...eventLimits, characters: maxDeliveryBytes });
}
