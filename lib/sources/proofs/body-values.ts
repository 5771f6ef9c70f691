/** Reads single values out of a body that may not be proven yet: within limits of size, work and time. */
import { isWithin, type JsonLimits } from '../../accept/json-limits.ts';
import { mediaTypeOf } from '../../accept/media-type.ts';
import { formType, readForm } from '../deliveries/form.ts';
import { parseEvent, textOfBytes } from '../envelopes/parse-event.ts';
import { readJson } from '../envelopes/source-event.ts';
import { evaluate } from '../rules/evaluate.ts';
import { RuleTime } from '../rules/rule-time.ts';
import type { Delivery } from './proof.ts';

/** Largest body that is parsed before its proof: notifications with a signature inside have a few kilobytes. */
const mostBytes = 64 * 1024;
/** They have about a hundred values. Anyone can send a body, so an expression gets no more to work on. */
const limits: JsonLimits = { levels: 16, values: 2000 };
/** For all expressions of a proof together, in milliseconds of processor time. */
const longestMs = 500;

/** A path of names alone is read without JSONata, which is loaded with the first event that needs it. */
const plainPath = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** The value of an expression; undefined if there is none. Throws `service-unavailable` if the machine is too busy. */
export type ReadValue = (expression: string) => Promise<unknown>;

/** Reads the body at most once. `proven` lifts the limits to those of an event. */
export function bodyValues(delivery: Delivery, proven = false): ReadValue {
  const time = new RuleTime(longestMs);
  const { headers, query = {} } = delivery;
  let body: { value: unknown } | undefined;
  return async (expression) => {
    body ??= { value: proven ? parseBody(delivery) : parseUnproven(delivery) };
    if (body.value === undefined) return undefined;
    if (plainPath.test(expression)) return valueAt(body.value, expression);
    const evaluated = await evaluate(expression, { input: body.value, variables: { headers, query }, time });
    return 'value' in evaluated ? evaluated.value : undefined;
  };
}

function valueAt(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

function parseUnproven(delivery: Delivery): unknown {
  const value = delivery.body.length <= mostBytes ? parseBody(delivery) : undefined;
  return isWithin(value, limits) ? value : undefined;
}

/** JSON, or the fields of a form. Undefined if it is neither, or beyond the limits of an event. */
function parseBody({ headers, body }: Delivery): unknown {
  try {
    const text = textOfBytes(body);
    return readJson(mediaTypeOf(headers['content-type']) === formType ? readForm(text) : parseEvent(text));
  } catch {
    return undefined;
  }
}
