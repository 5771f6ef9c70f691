/** The limits of received JSON, and the traversal of a value that enforces them. */

/** Largest request, in bytes of UTF-8. All of a request is kept. */
export const maxRequestBytes = 64 * 1024;

/** Largest delivery of a source, in bytes: the queue's own limit. Only what its rules take from it is kept. */
export const maxDeliveryBytes = 1024 * 1024;

export interface JsonLimits {
  /** Nesting of objects and arrays, including the outermost. */
  levels: number;
  /** Values of any kind, including the outermost. */
  values: number;
}

/** A request: the body, and sixteen levels of claims. */
export const requestLimits: JsonLimits = { levels: 17, values: 1000 };

/** A delivery of a source contains far more than its claims: a large order, or many events. */
export const eventLimits: JsonLimits = { levels: 32, values: 100_000 };

/** The result of an expression of a rule, with room for the structure around the claims. */
export const resultLimits: JsonLimits = { levels: 16, values: 2000 };

/** Names that refer to the prototype of an object. */
export const reservedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The callbacks for a value; each throws the error that its caller expects. */
export interface JsonVisitor {
  /** The name of an object's member. */
  name(name: string): void;
  /** A value that is neither an object nor an array. */
  scalar(value: unknown): void;
  /** More levels or values than the limits. */
  beyond(): never;
}

/** Visits every name and value without recursion, because a value may be deeper than the stack. */
export function walkJson(value: unknown, limits: JsonLimits, visitor: JsonVisitor): void {
  const pending: { value: unknown; level: number }[] = [{ value, level: 1 }];
  let values = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    values += 1;
    if (values > limits.values) visitor.beyond();
    if (typeof next.value !== 'object' || next.value === null) {
      visitor.scalar(next.value);
      continue;
    }
    if (next.level > limits.levels) visitor.beyond();
    const level = next.level + 1;
    if (Array.isArray(next.value)) {
      for (const member of next.value) pending.push({ value: member, level });
      continue;
    }
    for (const [name, member] of Object.entries(next.value)) {
      visitor.name(name);
      pending.push({ value: member, level });
    }
  }
}

/** Whether a value has no more levels and values than these limits. */
export function isWithin(value: unknown, limits: JsonLimits): boolean {
  let within = true;
  const beyond = (): never => {
    within = false;
    throw new RangeError('The value is beyond its limits');
  };
  try {
    walkJson(value, limits, { name: () => undefined, scalar: () => undefined, beyond });
  } catch (error) {
    if (within) throw error;
  }
  return within;
}
