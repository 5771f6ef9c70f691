/** The context of an intrinsic function, and the values available in it. */
import type { Assembly, Resource, Stack } from './assembly.ts';
import type { Identity, Place } from './identity.ts';

export interface Scope {
  assembly: Assembly;
  place: Place;
  stack: Stack;
  /** The resource or output of the function; errors name it. */
  at: Resource;
  /** The value with every intrinsic function in it resolved. */
  resolve(value: unknown): unknown;
  /** Whether a condition of the stack holds. */
  holds(condition: string): boolean;
  /** Ref and attributes of a resource. */
  identity(resource: Resource): Identity;
  /** The scope of an output. */
  ofOutput(stack: Stack, name: string): Scope;
}

export type Intrinsic = (argument: unknown, scope: Scope) => unknown;
