/** The intrinsic functions that compute a value from values: join, split, select, encode, look up. */
import { asArray, asObject } from './json.ts';
import { atLoopback } from './loopback-addresses.ts';
import type { Intrinsic } from './scope.ts';

export const stringFunctions: Record<string, Intrinsic> = {
  'Fn::Join': (argument, { place, resolve }) => {
    const [separator, parts] = asArray(argument);
    return atLoopback(place, asArray(resolve(parts)).map(String).join(String(separator)));
  },
  'Fn::Split': (argument, { resolve }) => {
    const [separator, text] = asArray(resolve(argument));
    return String(text).split(String(separator));
  },
  'Fn::Select': (argument, { resolve }) => {
    const [index, list] = asArray(resolve(argument));
    return asArray(list)[Number(index)];
  },
  'Fn::Base64': (argument, { resolve }) => Buffer.from(String(resolve(argument))).toString('base64'),
  'Fn::FindInMap': (argument, { stack, resolve }) => {
    const [map, first, second] = asArray(resolve(argument)).map(String);
    return asObject(asObject(asObject(stack.template['Mappings'])[map ?? ''])[first ?? ''])[second ?? ''];
  },
};
