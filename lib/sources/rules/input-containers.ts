/** The objects and arrays of an event: passing one on takes no memory, however large it is. */

/** Found once per event, for all expressions of its rules. */
const found = new WeakMap<object, WeakSet<object>>();
const none: WeakSet<object> = new WeakSet();

export function containersIn(input: unknown): WeakSet<object> {
  if (typeof input !== 'object' || input === null) return none;
  const known = found.get(input) ?? collect(input);
  found.set(input, known);
  return known;
}

function collect(input: object): WeakSet<object> {
  const containers = new WeakSet<object>();
  const pending: object[] = [input];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    containers.add(next);
    for (const member of Object.values(next)) if (typeof member === 'object' && member !== null) pending.push(member);
  }
  return containers;
}
