/** The expressions of a look-up: what is asked, and the holder in the answer. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { readObject } from '../envelopes/source-event.ts';
import { evaluate } from '../rules/evaluate.ts';
import { RuleTime } from '../rules/rule-time.ts';

/** What is asked: the value of an expression of the configuration. Throws `lookup-refused`: it is the same at every attempt. */
export async function questionOf(part: 'body' | 'key', text: string, key: string): Promise<unknown> {
  const result = await evaluate(text, { input: {}, variables: { key }, time: new RuleTime() });
  if ('value' in result && result.value !== undefined) return result.value;
  const why = 'failure' in result ? result.failure : 'it gives nothing';
  throw new IssuanceError('lookup-refused', { detail: `lookup.${part}: ${why}` });
}

/** The holder in an answer. Throws `holder-not-found` or `lookup-answer-unusable`; the detail never repeats the answer. */
export async function holderIn(answer: unknown, text: string, key: string): Promise<string> {
  const result = await evaluate(text, { input: checked(answer), variables: { key }, time: new RuleTime() });
  if ('failure' in result) throw unusable(`lookup.answer: ${result.failure}`);
  const { value } = result;
  if (value === undefined || value === null || value === '') throw new IssuanceError('holder-not-found');
  if (typeof value !== 'string' || value.length > longestHolder) throw unusable('lookup.answer must give a string');
  return value;
}

/** As in a request. */
const longestHolder = 320;

/** Within the limits of an event: a name of JSONata's own would make an object a function. */
function checked(answer: unknown): unknown {
  try {
    return readObject({ answer }, 'the answer')['answer'];
  } catch (error) {
    throw unusable(error instanceof IssuanceError ? (error.detail ?? 'unreadable') : 'unreadable');
  }
}

export function unusable(detail: string): IssuanceError {
  return new IssuanceError('lookup-answer-unusable', { detail });
}
