/** What the expressions of a source see of a delivery. */
import type { Unwrapped } from '../envelopes/source-event.ts';
import type { Surroundings } from './evaluate.ts';
import type { RuleTime } from './rule-time.ts';

/** Headers that would let a rule forge or repeat a proof. */
export const hiddenHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** `more` are further members of `$event`. */
export function surroundingsOf(
  { data, attributes }: Unwrapped<unknown>,
  headers: Readonly<Record<string, string | undefined>>,
  time: RuleTime,
  more: object = {},
): Surroundings {
  const shown = Object.entries(headers).filter(([name]) => !hiddenHeaders.has(name));
  const variables = { event: { ...attributes, ...more }, headers: Object.fromEntries(shown) };
  return { input: data, variables, time };
}
