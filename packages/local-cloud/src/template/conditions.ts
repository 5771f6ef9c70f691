/** The intrinsic functions of conditions. */
import { asArray } from './json.ts';
import type { Intrinsic, Scope } from './scope.ts';

export const conditions: Record<string, Intrinsic> = {
  'Fn::If': (argument, { holds, resolve }) => {
    const [name, yes, no] = asArray(argument);
    return resolve(holds(String(name)) ? yes : no);
  },
  'Fn::Equals': (argument, { resolve }) => {
    const [left, right] = asArray(resolve(argument));
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::Not': (argument, scope) => !isTrue(asArray(argument)[0], scope),
  'Fn::And': (argument, scope) => asArray(argument).every((one) => isTrue(one, scope)),
  'Fn::Or': (argument, scope) => asArray(argument).some((one) => isTrue(one, scope)),
  Condition: (argument, { holds }) => holds(String(argument)),
};

function isTrue(value: unknown, { resolve }: Scope): boolean {
  return resolve(value) === true;
}
