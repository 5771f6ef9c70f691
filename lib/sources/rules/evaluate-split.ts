/** Evaluates the expression `split` of a source on a whole delivery. */
import { eventLimits, maxDeliveryBytes } from '../../accept/json-limits.ts';
import type { Unwrapped } from '../envelopes/source-event.ts';
import { type Evaluated, evaluate } from './evaluate.ts';
import { longestMs, surroundingsOf } from './surroundings.ts';

/** Its events, which may make up the whole delivery. Never throws; the reason of a failure repeats nothing of the delivery. */
export function evaluateSplit(
  split: string,
  content: Unwrapped<unknown>,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<Evaluated> {
  const surroundings = surroundingsOf(content, headers, Date.now() + longestMs);
  return evaluate(split, surroundings, { ...eventLimits, characters: maxDeliveryBytes });
}
