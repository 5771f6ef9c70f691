/** Copies what an expression gave into plain JSON: JSONata's arrays and objects carry more than their members. */
import { LimitExceeded } from './work-budget.ts';

/** As for a request, with room for what surrounds the claims. */
const deepest = 16;
const mostValues = 2000;
const mostCharacters = 64 * 1024;
const reservedNames = new Set(['__proto__', 'constructor', 'prototype']);

/** Throws LimitExceeded when the result is too large, too deep or no JSON. */
export function plainJson(value: unknown): unknown {
  let values = 0;
  let characters = 0;

  function copyText(text: string): string {
    characters += text.length;
    if (characters > mostCharacters) throw new LimitExceeded('its result is too large');
    return text;
  }

  function copy(one: unknown, depth: number): unknown {
    values += 1;
    if (values > mostValues || depth > deepest) throw new LimitExceeded('its result is too large or too deep');
    if (one === undefined || one === null || typeof one === 'boolean') return one;
    if (typeof one === 'string') return copyText(one);
    if (typeof one === 'number') {
      if (!Number.isFinite(one)) throw new LimitExceeded('its result has a number that JSON does not know');
      return one;
    }
    if (typeof one !== 'object') throw new LimitExceeded('its result has a function in it');
    if (Array.isArray(one)) return one.map((member) => copy(member, depth + 1));
    if ('_jsonata_function' in one || '_jsonata_lambda' in one) {
      throw new LimitExceeded('its result has a function in it');
    }
    const entries = Object.entries(one).map(([name, member]) => {
      if (reservedNames.has(name)) throw new LimitExceeded('its result has a member with a reserved name');
      return [copyText(name), copy(member, depth + 1)] as const;
    });
    return Object.fromEntries(entries);
  }

  return copy(value, 0);
}
