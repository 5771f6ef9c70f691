/** Puts a hook before and after every call of a port, so that a test can make any single step fail. */

/** A point at which a call can be made to fail: `store.replace` before it is carried out, or after. */
export interface FaultPoint {
  /** Port and method, such as `store.replace`. */
  call: string;
  when: 'before' | 'after';
}

/** Throws to make the call fail: `before` nothing happened, `after` it was carried out and the answer is lost. */
export type FaultHook = (point: FaultPoint) => void | Promise<void>;

/** The same port with the hook around each of its asynchronous methods. */
export function faulty<Port extends object>(name: string, port: Port, hook: FaultHook): Port {
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        const call = `${name}.${String(property)}`;
        await hook({ call, when: 'before' });
        const answer: unknown = await Reflect.apply(member, target, given);
        await hook({ call, when: 'after' });
        return answer;
      };
    },
  });
}

/** A hook that fails at one point, once, with this error; `passes` calls go through before. */
export function failOnce(call: string, when: FaultPoint['when'], error: Error, passes = 0): FaultHook {
  let left = passes;
  let failed = false;
  return (point) => {
    if (failed || point.call !== call || point.when !== when) return;
    if (left > 0) {
      left -= 1;
      return;
    }
    failed = true;
    throw error;
  };
}

/** A hook under which the process dies at one point: from there on no call of any port gets through. */
export function dieAt(call: string, when: FaultPoint['when'], passes = 0): FaultHook {
  const first = failOnce(call, when, new Error('died'), passes);
  let dead = false;
  return async (point) => {
    if (dead) throw new Error('died');
    try {
      await first(point);
    } catch (error) {
      dead = true;
      throw error;
    }
  };
}
