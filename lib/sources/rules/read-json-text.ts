/** The function `$json`: reads JSON inside a string, such as a field of a form. */
import { parseEvent } from '../envelopes/parse-event.ts';
import { readJson } from '../envelopes/source-event.ts';
import { FunctionFailure } from './function-failure.ts';

/** The value of a JSON string, with the limits of an event; undefined for undefined. */
export function readJsonText(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw new FunctionFailure('T0410', 'json');
  try {
    return readJson(parseEvent(text));
  } catch {
    throw new FunctionFailure('D9001', 'json');
  }
}
