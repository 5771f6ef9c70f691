/** Describes why an expression failed without repeating the event: JSONata's own messages quote values. */
import { allowedFunctions } from './functions.ts';
import { LimitExceeded } from './work-budget.ts';

/** JSONata's codes, https://github.com/jsonata-js/jsonata/blob/master/src/jsonata.js (errorCodes). */
const reasons: Readonly<Record<string, string>> = {
  D1001: 'a number is out of range',
  D1009: 'two members of an object have the same name',
  D1011: 'it nests too deep: a recursion without end, perhaps',
  D1012: 'it takes too long',
  D2014: 'it makes too long a sequence',
  D2015: 'it makes too long a sequence',
  D3030: 'a string cannot be read as a number',
  D3110: 'a string cannot be read as a date',
  D3136: 'a string cannot be read as a date in the given format',
  D3137: 'it called $error',
  D3141: 'an assertion of the rule does not hold',
  D3138: '$single found more than one',
  D3139: '$single found none',
  D9001: 'a string is not JSON, or it is too deep',
  D9002: 'it names a time zone that does not exist',
  T1003: 'a name of an object’s member is not a string',
  T1005: 'it calls a function without the $ before its name',
  T1006: 'it calls something that is not a function',
  T2001: 'the left side of an arithmetic operator is not a number',
  T2002: 'the right side of an arithmetic operator is not a number',
  T2009: 'it compares values of different types',
  T2010: 'it compares values that have no order',
};

const argumentCodes = new Set(['T0410', 'T0411', 'T0412']);
const functionNames: ReadonlySet<string> = new Set(allowedFunctions);

/** One clause without a full stop. */
export function describeFailure(error: unknown): string {
  if (error instanceof LimitExceeded) return error.message;
  if (error instanceof RangeError) return 'it nests too deep or makes too long a string';
  const { code, token } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  if (typeof code !== 'string' || !/^[A-Z]\d{4}$/.test(code)) return 'it could not be evaluated';
  const name = typeof token === 'string' && functionNames.has(token) ? ` ($${token})` : '';
  if (argumentCodes.has(code)) return `a function got an argument it cannot work with${name}`;
  return `${reasons[code] ?? `it could not be evaluated (JSONata ${code})`}${name}`;
}
