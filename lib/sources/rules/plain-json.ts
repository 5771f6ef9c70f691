/** Copies an expression's result into plain JSON: JSONata's arrays and objects have more than their members. */
import { type JsonLimits, reservedNames, resultLimits, walkJson } from '../../accept/json-limits.ts';
import { functionMarks } from './function-marks.ts';
import { LimitExceeded } from './work-budget.ts';

export interface PlainLimits extends JsonLimits {
  /** For all names and strings of a result together. */
  characters: number;
}

/** What is kept of an event: its claims. */
const kept: PlainLimits = { ...resultLimits, characters: 64 * 1024 };

/** Throws LimitExceeded if the result is too large, too deep or not JSON. */
export function plainJson(value: unknown, limits: PlainLimits = kept): unknown {
  let characters = 0;
  const count = (text: string) => {
    characters += text.length;
    if (characters > limits.characters) throw new LimitExceeded('its result is too large');
  };
  walkJson(value, limits, {
    name(name) {
      if (functionMarks.includes(name)) throw new LimitExceeded('its result has a function in it');
      if (reservedNames.has(name)) throw new LimitExceeded('its result has a member with a reserved name');
      count(name);
    },
    scalar(one) {
      if (typeof one === 'string') count(one);
      else if (typeof one === 'number' && !Number.isFinite(one))
        throw new LimitExceeded('its result has a number that JSON does not know');
      else if (!isPlain(one)) throw new LimitExceeded('its result has a function in it');
    },
    beyond() {
      throw new LimitExceeded('its result is too large or too deep');
    },
  });
  return copy(value);
}

function isPlain(one: unknown): boolean {
  return one === undefined || one === null || typeof one === 'boolean' || typeof one === 'number';
}

function copy(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return one;
  if (Array.isArray(one)) return one.map(copy);
  return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, copy(member)]));
}
