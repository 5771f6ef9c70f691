/** Reads single values out of a body that may not be proven yet: within limits of size, work and time. */
import { eventLimits, reservedNames, walkJson } from '../../accept/json-limits.ts';
import { parseEventBytes } from '../envelopes/parse-event.ts';
import { evaluate } from '../rules/evaluate.ts';
import { functionMarks } from '../rules/function-marks.ts';
import type { Delivery } from './proof.ts';

/** Largest body that is parsed before its proof: notifications with a signature inside have a few kilobytes. */
const mostBytes = 256 * 1024;
/** For all expressions of a proof together, in milliseconds. */
const longestMs = 500;

/** A path of names alone is read without JSONata, which is loaded with the first event that needs it. */
const plainPath = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** The value of an expression; undefined if there is none, whatever the reason. */
export type ReadValue = (expression: string) => Promise<unknown>;

/** Reads the body at most once. `proven` lifts the limit of its size. */
export function bodyValues(delivery: Delivery, proven = false): ReadValue {
  const deadline = Date.now() + longestMs;
  const { headers, query = {} } = delivery;
  let body: { value: unknown } | undefined;
  return async (expression) => {
    body ??= { value: proven || delivery.body.length <= mostBytes ? parseBody(delivery) : undefined };
    if (body.value === undefined) return undefined;
    if (plainPath.test(expression)) return valueAt(body.value, expression);
    const evaluated = await evaluate(expression, { input: body.value, variables: { headers, query }, deadline });
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

/** JSON, or the fields of a form. Undefined if it is neither, or beyond the limits of an event. */
function parseBody({ headers, body }: Delivery): unknown {
  try {
    const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
    const value = isForm ? formFields(body) : parseEventBytes(body);
    checkLimits(value);
    return value;
  } catch {
    return undefined;
  }
}

function formFields(body: Buffer): Record<string, string | string[]> {
  const fields = new URLSearchParams(body.toString('utf8'));
  const names = new Set(fields.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function checkLimits(value: unknown): void {
  walkJson(value, eventLimits, {
    name(name) {
      if (reservedNames.has(name) || functionMarks.includes(name)) throw new Error('A member has a reserved name');
    },
    scalar: () => undefined,
    beyond() {
      throw new Error('The body is too large or too deep');
    },
  });
}
